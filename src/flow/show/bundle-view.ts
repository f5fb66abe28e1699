import { readBundle, readBundlePromptIds } from '../../db/asking/bundle.ts';
import { countWaiting } from '../../db/asking/prompt.ts';
import { readReps } from '../../db/who/rep.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import { localDate } from '../../domain/asking/workday.ts';
import type { Flow } from '../ports.ts';
import { readPromptViews } from './prompt-view.ts';
import type { BundleView } from './views.ts';

/** A bundle as its prompts stand now. Throws when there is no such bundle. */
export async function readBundleView(flow: Flow, workspaceId: string, bundleId: string): Promise<BundleView> {
  const now = flow.now();
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const bundle = await readBundle(tx, workspaceId, bundleId);
    if (bundle === null) throw new Error(`there is no bundle ${bundleId}`);
    const rep = (await readReps(tx, workspaceId, [bundle.repId])).get(bundle.repId);
    const timeZone = rep?.timeZone ?? playbook.timeZone;
    const ids = await readBundlePromptIds(tx, workspaceId, bundleId);
    const prompts = await readPromptViews({ tx, workspaceId, playbook }, ids);
    const today = localDate(timeZone, now);
    const isOfToday = localDate(timeZone, bundle.claimedAt) === today;
    const alsoWaiting = isOfToday ? await countWaiting(tx, workspaceId, bundle.repId) : 0;
    return { bundleId, timeZone, today, prompts, alsoWaiting };
  });
}
