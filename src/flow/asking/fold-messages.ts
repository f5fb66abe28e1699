import { hasDueBundle } from '../../db/asking/bundle.ts';
import { isFoldingDue, readNextToFold, saveFolded, type ToFold } from '../../db/asking/fold.ts';
import type { Flow } from '../ports.ts';
import { readBundleView } from '../show/bundle-view.ts';

/** A run goes on in a job of its own after so long, well before its own counts as dead. */
const RUN_MS = 60_000;

/** Has messages folded, once what is to be sent has been: whoever sends asks when nothing is left to send. */
export async function askToFold(flow: Flow, workspaceId: string): Promise<void> {
  await flow.store.transaction(async (tx) => {
    if (!(await isFoldingDue(tx, workspaceId, flow.now()))) return;
    await flow.store.enqueue(tx, 'fold-messages', { workspaceId }, { singletonKey: workspaceId });
  });
}

/**
 * Folds questions to one line in messages that are not the latest to ask them, one message after the other, as long as
 * nothing is to be sent: so that among a rep's DMs a question has one place (promise 2). Throws when Slack may take it
 * later, so that the job runs again.
 */
export async function foldMessages(
  flow: Flow,
  { workspaceId }: { workspaceId: string },
  ending?: AbortSignal,
): Promise<void> {
  const endsAt = new Date(flow.now().getTime() + RUN_MS);
  while (ending?.aborted !== true) {
    if (flow.now() >= endsAt) return await askToFold(flow, workspaceId);
    const next = await flow.store.read(async (tx) =>
      (await hasDueBundle(tx, workspaceId, 'send', flow.now()))
        ? null
        : await readNextToFold(tx, workspaceId),
    );
    if (next === null) return;
    await fold(flow, workspaceId, next);
    await flow.store.transaction((tx) => saveFolded(tx, workspaceId, next));
  }
}

/** An edit that Slack refuses counts as done: the message is gone, or too old to be changed. */
async function fold(flow: Flow, workspaceId: string, { id, channelId, messageTs }: ToFold): Promise<void> {
  if (channelId === null || messageTs === null) return;
  const view = await readBundleView(flow, workspaceId, id);
  const sent = await flow.slackOf(workspaceId).redrawBundle(channelId, messageTs, view);
  if (sent.kind === 'ambiguous' || sent.kind === 'later')
    throw new Error(`a message was not folded: ${sent.error}`);
}
