import { type Bundle, lockBundle, readBundlePromptIds, saveBundle } from '../../db/asking/bundle.ts';
import { markForFolding } from '../../db/asking/fold.ts';
import { readPrompts, savePrompt } from '../../db/asking/prompt.ts';
import { readReps, saveRep } from '../../db/who/rep.ts';
import { afterAsks } from '../../domain/asking/asks.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope, playbookFor } from '../scope.ts';
import { redrawBundlesOf } from './redraw-bundle.ts';

/** Slack has the bundle: its prompts have been asked, and the rep's DM is known. */
export async function recordDelivered(
  flow: Flow,
  { workspaceId, id: bundleId }: Bundle,
  channelId: string,
  messageTs: string,
): Promise<void> {
  await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const bundle = await lockBundle(tx, workspaceId, bundleId);
    if (bundle === null || bundle.status !== 'on_its_way') return;
    const delivered = {
      status: 'delivered' as const,
      channelId,
      messageTs,
      deliveredAt: now,
      leasedUntil: null,
    };
    await saveBundle(tx, workspaceId, bundleId, delivered);
    const rep = (await readReps(tx, workspaceId, [bundle.repId])).get(bundle.repId);
    if (rep !== undefined && rep.dmChannelId !== channelId)
      await saveRep(tx, workspaceId, rep.id, { dmChannelId: channelId });
    if (rep?.introducedAt === null) await saveRep(tx, workspaceId, rep.id, { introducedAt: now });
    const prompts = await readPrompts(tx, workspaceId, await readBundlePromptIds(tx, workspaceId, bundleId));
    const asked: string[] = [];
    for (const prompt of prompts) {
      if (prompt.closedAt !== null || prompt.bundleId !== bundleId || rep === undefined) continue;
      const asks = { count: prompt.asked + 1, lastAt: now };
      const after = afterAsks(prompt, asks, playbookFor(scope, rep), calendarFor(scope, rep));
      const change = { ...after, waitingSince: null, urgent: false, bundleId: null };
      await savePrompt(tx, workspaceId, prompt.id, change);
      asked.push(prompt.id);
    }
    await markForFolding(tx, workspaceId, bundleId, asked, now);
    const closed = prompts.filter((prompt) => prompt.closedAt !== null).map((prompt) => prompt.id);
    await redrawBundlesOf(scope, closed);
  });
}
