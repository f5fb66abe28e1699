import { lockNextBundle, saveBundle } from '../../db/asking/bundle.ts';
import { saveRep } from '../../db/who/rep.ts';
import type { Flow, Found, Sent } from '../ports.ts';
import { inScope } from '../scope.ts';
import { type Attempt, leaseFrom, logUnsent, readRepOf, saveLearned, secondsFrom } from './attempt.ts';
import { recordDelivered } from './record-delivered.ts';

/** Slack's clock and ours may differ. */
const CLOCK_SKEW_MS = 5 * 60_000;
const LOOK_AGAIN_SECONDS = 5;
/** Where Slack refuses a look, and not for the moment only. */
const REFUSED_AGAIN_SECONDS = 600;

type Failed = Exclude<Found, { kind: 'found' } | { kind: 'absent' }>;

/** Takes the next bundle of which nobody knows whether Slack has it; null when there is none. */
export async function beginLook(flow: Flow, workspaceId: string): Promise<Attempt | null> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const bundle = await lockNextBundle(tx, workspaceId, 'look', now);
    if (bundle === null) return null;
    await saveBundle(tx, workspaceId, bundle.id, { leasedUntil: leaseFrom(now) });
    return { bundle, rep: await readRepOf(scope, bundle), isFirst: false, begunAt: now };
  });
}

/** Searches the DM for a bundle: what is there is delivered, what is not may be posted again (promise 2). */
export async function lookUpBundle(flow: Flow, look: Attempt): Promise<void> {
  const { bundle } = look;
  const dm = await dmOf(flow, look);
  if (isNobody(dm)) return await markAbsent(flow, look);
  if (dm.kind !== 'sent') return await lookAgain(flow, look, dm);
  const since = new Date(bundle.claimedAt.getTime() - CLOCK_SKEW_MS);
  const found = await flow.slackOf(bundle.workspaceId).findBundle(dm.channelId, bundle.id, since);
  if (found.kind === 'found') return await recordDelivered(flow, bundle, dm.channelId, found.ts);
  if (found.kind !== 'absent') return await lookAgain(flow, look, found);
  await markAbsent(flow, look);
}

/** Nobody is there any more to have it: posting takes it back, and looking on would never end. */
function isNobody({ kind }: Sent): boolean {
  return kind === 'person_gone' || kind === 'person_unknown';
}

async function markAbsent(flow: Flow, look: Attempt): Promise<void> {
  await saveLearned(flow, look, { foundAbsentAt: flow.now(), leasedUntil: null });
}

/** Where it was posted to. Slack opened the DM itself when the rep had none yet, and says here which. */
async function dmOf(flow: Flow, { bundle, rep }: Attempt): Promise<Sent> {
  const { workspaceId, channelId } = bundle;
  if (channelId !== null) return { kind: 'sent', channelId, ts: '' };
  if (rep.slackUserId === null) return { kind: 'refused', error: 'the rep is not matched to Slack' };
  const opened = await flow.slackOf(workspaceId).openDm(rep.slackUserId);
  if (opened.kind === 'sent') {
    await inScope(flow, workspaceId, ({ tx }) =>
      saveRep(tx, workspaceId, rep.id, { dmChannelId: opened.channelId }),
    );
  }
  return opened;
}

async function lookAgain(flow: Flow, look: Attempt, failed: Failed): Promise<void> {
  logUnsent(flow, look, failed);
  await saveLearned(flow, look, { leasedUntil: secondsFrom(flow, pauseAfter(failed)) });
}

function pauseAfter(failed: Failed): number {
  if (failed.kind === 'later') return failed.afterSeconds;
  return failed.kind === 'ambiguous' ? LOOK_AGAIN_SECONDS : REFUSED_AGAIN_SECONDS;
}
