import { type Bundle, readBundle, readBundlePromptIds } from '../../db/asking/bundle.ts';
import { readLatestMessages } from '../../db/asking/fold.ts';
import { countWaiting } from '../../db/asking/prompt.ts';
import type { Tx } from '../../db/driver.ts';
import { type Rep, readReps } from '../../db/who/rep.ts';
import { readPlaybook, readWorkspaceUrl } from '../../db/who/workspace.ts';
import type { Playbook } from '../../domain/asking/playbook.ts';
import { localDate } from '../../domain/asking/workday.ts';
import type { Flow } from '../ports.ts';
import { holidaysViewOf } from './holidays-view.ts';
import { messageLink } from './message-link.ts';
import { readPromptViews } from './prompt-view.ts';
import type { AskedAgain, BundleView, PromptView } from './views.ts';

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
    const all = await readPromptViews({ tx, workspaceId, playbook }, ids);
    const prompts = all.map((prompt) => asSeenBy(bundle.repId, prompt));
    const today = localDate(timeZone, now);
    const isOfToday = localDate(timeZone, bundle.claimedAt) === today;
    const alsoWaiting = isOfToday ? await countWaiting(tx, workspaceId, bundle.repId) : 0;
    const askedAgain = await readAskedAgain(tx, bundle, ids);
    const introduction = rep === undefined ? undefined : introductionOf(playbook, rep, bundle);
    return { bundleId, timeZone, today, prompts, askedAgain, alsoWaiting, introduction };
  });
}

/** What was put to somebody only while they stood in, or had a client, is no question of theirs any more. */
function asSeenBy(readerId: string, prompt: PromptView): PromptView {
  const { state, rep, askedForId } = prompt;
  if (state.kind !== 'open' || rep.id === readerId || askedForId === readerId) return prompt;
  return { ...prompt, state: { kind: 'elsewhere', with: rep.name } };
}

/** What stands over the first DM that a rep ever gets, also when it is drawn anew. */
function introductionOf(playbook: Playbook, rep: Rep, { deliveredAt }: Bundle): BundleView['introduction'] {
  const isFirst = rep.introducedAt === null || deliveredAt?.getTime() === rep.introducedAt.getTime();
  return isFirst ? { holidays: holidaysViewOf(playbook, rep) } : undefined;
}

/** Of a message's questions those that a later one asks; none while it is on its way itself. */
async function readAskedAgain(
  tx: Tx,
  { workspaceId, id, deliveredAt }: Bundle,
  promptIds: readonly string[],
): Promise<Record<string, AskedAgain>> {
  if (deliveredAt === null) return {};
  const latest = await readLatestMessages(tx, workspaceId, promptIds);
  const newer = latest.filter((message) => message.bundleId !== id);
  const url = newer.length === 0 ? null : await readWorkspaceUrl(tx, workspaceId);
  return Object.fromEntries(
    newer.map(({ promptId, deliveredAt, channelId, messageTs }) => [
      promptId,
      { at: deliveredAt, link: url && messageLink(url, channelId, messageTs) },
    ]),
  );
}
