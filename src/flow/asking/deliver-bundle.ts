import { type Bundle, lockBundle, readBundlePromptIds, releasePrompts, saveBundle } from '../../db/bundle.ts';
import { deferPrompts, type Prompt, readPrompts, savePrompt } from '../../db/prompt.ts';
import { type Rep, readReps, saveRep } from '../../db/rep.ts';
import { askAgainAt } from '../../domain/asking/prompting.ts';
import { isWorkingTime, localDate, nextPromptTime, nextWorkingTime } from '../../domain/asking/workday.ts';
import { deactivateRep, unlinkRep } from '../people/person-changed.ts';
import type { Flow, Sent } from '../ports.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
import { readBundleView } from '../show/bundle-view.ts';
import { redrawBundlesOf } from './redraw-bundle.ts';

/** While one worker is at a bundle no other touches it; longer than all calls of one delivery can take. */
const LEASE_MS = 45_000;
/** So long after its beginning an attempt leaves Slack the time to answer before its lease ends. */
const SURE_MS = 10_000;
/** What a time-out left open is looked up after Slack had time to finish; the pauses grow while Slack is away. */
const LOOK_AFTER_SECONDS = 5;
const LOOK_AFTER_AT_MOST = 600;
/** Slack's clock and ours may differ. */
const CLOCK_SKEW_MS = 5 * 60_000;

interface Delivery {
  workspaceId: string;
  bundleId: string;
}

interface Attempt {
  bundle: Bundle;
  rep: Rep;
  /** Slack cannot have it yet. */
  isFirst: boolean;
  begunAt: Date;
}

/**
 * Brings a bundle to its rep's DM, once (promise 2): the attempt is recorded before Slack is called, and where an
 * earlier attempt may have gone through, the DM is searched for the bundle's id before anything is sent again.
 */
export async function deliverBundle(flow: Flow, delivery: Delivery): Promise<void> {
  const attempt = await beginAttempt(flow, delivery);
  if (attempt === null) return;
  const { bundle } = attempt;
  const dm = await openDm(flow, attempt);
  if (dm.kind !== 'sent') return await settle(flow, delivery, attempt, dm);
  const found = attempt.isFirst ? null : await findSent(flow, dm.channelId, bundle);
  if (found !== null) return await recordDelivered(flow, delivery, dm.channelId, found.ts);
  const view = await readBundleView(flow, delivery.workspaceId, delivery.bundleId);
  const isSure = attempt.isFirst && flow.now().getTime() - attempt.begunAt.getTime() < SURE_MS;
  if (!isSure && !(await mayStillGo(flow, delivery, attempt))) return;
  const sent = await flow.slackOf(delivery.workspaceId).sendBundle(dm.channelId, view);
  if (sent.kind === 'sent') return await recordDelivered(flow, delivery, sent.channelId, sent.ts);
  await settle(flow, delivery, attempt, sent);
}

/** Takes the bundle for one attempt; null when there is nothing to deliver any more, or somebody else is at it. */
async function beginAttempt(flow: Flow, { workspaceId, bundleId }: Delivery): Promise<Attempt | null> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const bundle = await lockBundle(tx, workspaceId, bundleId);
    if (bundle === null || bundle.status !== 'on_its_way') return null;
    if (bundle.leasedUntil !== null && bundle.leasedUntil > now) return null;
    const rep = (await readReps(tx, workspaceId, [bundle.repId])).get(bundle.repId);
    if (rep === undefined) throw new Error(`bundle ${bundleId} is for somebody who is no rep`);
    const isFirst = bundle.attemptedAt === null;
    if (isFirst && !(await isStillWanted(scope, bundle, rep))) return null;
    const attempts = bundle.attempts + 1;
    const leasedUntil = new Date(now.getTime() + LEASE_MS);
    await saveBundle(tx, workspaceId, bundleId, {
      attemptedAt: bundle.attemptedAt ?? now,
      attempts,
      leasedUntil,
    });
    return { bundle: { ...bundle, attempts }, rep, isFirst, begunAt: now };
  });
}

/**
 * Hours may lie between two attempts: Slack certainly does not have it, so it may still be taken back. And looking may
 * have taken so long that another worker is at it by now; one that is not gets the time that sending takes.
 */
async function mayStillGo(
  flow: Flow,
  { workspaceId, bundleId }: Delivery,
  { bundle: { attempts } }: Attempt,
): Promise<boolean> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const bundle = await lockBundle(tx, workspaceId, bundleId);
    if (bundle?.status !== 'on_its_way' || bundle.attempts !== attempts) return false;
    const rep = (await readReps(tx, workspaceId, [bundle.repId])).get(bundle.repId);
    if (rep === undefined || !(await isStillWanted(scope, bundle, rep))) return false;
    await saveBundle(tx, workspaceId, bundleId, { leasedUntil: new Date(now.getTime() + LEASE_MS) });
    return true;
  });
}

/** A bundle that was answered before it left, whose rep went home meanwhile, or whose day is over is taken back. */
async function isStillWanted(scope: Scope, bundle: Bundle, rep: Rep): Promise<boolean> {
  const { now } = scope;
  const open = await readClaimed(scope, bundle.id);
  const calendar = calendarFor(scope, rep);
  const isItsDay = localDate(calendar.timeZone, bundle.claimedAt) === localDate(calendar.timeZone, now);
  const isHere = rep.active && rep.slackUserId !== null;
  if (open.length > 0 && isHere && isItsDay && isWorkingTime(calendar, now)) return true;
  await takeBack(scope, bundle.id, (prompt) =>
    (prompt.urgent ? nextWorkingTime : nextPromptTime)(calendar, now),
  );
  return false;
}

/** The bundle's prompts that are still to be asked of its rep: not answered, not handed on to somebody else. */
async function readClaimed({ tx, workspaceId }: Scope, bundleId: string): Promise<Prompt[]> {
  const prompts = await readPrompts(tx, workspaceId, await readBundlePromptIds(tx, workspaceId, bundleId));
  return prompts.filter((prompt) => prompt.closedAt === null && prompt.bundleId === bundleId);
}

async function takeBack(
  scope: Scope,
  bundleId: string,
  dueAt: (prompt: Prompt) => Date,
  error: string | null = null,
): Promise<void> {
  const { tx, workspaceId } = scope;
  const open = await readClaimed(scope, bundleId);
  await saveBundle(tx, workspaceId, bundleId, { status: error === null ? 'dropped' : 'parked', error });
  await releasePrompts(tx, workspaceId, bundleId);
  for (const prompt of open) await deferPrompts(tx, workspaceId, [prompt.id], dueAt(prompt));
}

/** The one that is kept may be gone, and an earlier attempt have gone to another: only Slack knows which. */
async function openDm(flow: Flow, { rep, isFirst }: Attempt): Promise<Sent> {
  if (rep.slackUserId === null) return { kind: 'person_unknown', error: 'the rep is not matched to Slack' };
  if (isFirst && rep.dmChannelId !== null) return { kind: 'sent', channelId: rep.dmChannelId, ts: '' };
  const opened = await flow.slackOf(rep.workspaceId).openDm(rep.slackUserId);
  if (opened.kind === 'sent') {
    const { channelId: dmChannelId } = opened;
    await flow.store.transaction(async (tx) => await saveRep(tx, rep.workspaceId, rep.id, { dmChannelId }));
  }
  return opened;
}

async function findSent(flow: Flow, channelId: string, bundle: Bundle): Promise<{ ts: string } | null> {
  const since = new Date(bundle.claimedAt.getTime() - CLOCK_SKEW_MS);
  return await flow.slackOf(bundle.workspaceId).findBundle(channelId, bundle.id, since);
}

async function recordDelivered(
  flow: Flow,
  delivery: Delivery,
  channelId: string,
  messageTs: string,
): Promise<void> {
  const { workspaceId, bundleId } = delivery;
  await inScope(flow, workspaceId, async (scope) => {
    const { tx, now, playbook } = scope;
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
    // Slack may have opened another DM, the one that was kept being gone.
    if (rep !== undefined && rep.dmChannelId !== channelId)
      await saveRep(tx, workspaceId, rep.id, { dmChannelId: channelId });
    const prompts = await readPrompts(tx, workspaceId, await readBundlePromptIds(tx, workspaceId, bundleId));
    for (const prompt of prompts) {
      if (prompt.closedAt !== null || prompt.bundleId !== bundleId || rep === undefined) continue;
      const asked = prompt.asked + 1;
      const dueAt = askAgainAt(prompt.question, asked, now, playbook, calendarFor(scope, rep));
      const change = { asked, lastAskedAt: now, dueAt, urgent: false, bundleId: null };
      await savePrompt(tx, workspaceId, prompt.id, change);
    }
    const closed = prompts.filter((prompt) => prompt.closedAt !== null).map((prompt) => prompt.id);
    await redrawBundlesOf(scope, closed);
  });
}

/** What to do when Slack did not take it: see the table of errors in slack/errors.ts. */
async function settle(
  flow: Flow,
  delivery: Delivery,
  { bundle, rep, isFirst }: Attempt,
  sent: Sent,
): Promise<void> {
  const { workspaceId, bundleId } = delivery;
  const said = { workspaceId, bundleId, ...sent };
  // What makes one wait mostly makes all of them wait, and was said when it began.
  if (sent.kind === 'later') flow.log.debug(said, 'a bundle waits for Slack');
  else flow.log.warn(said, 'a bundle did not reach Slack');
  if (sent.kind === 'ambiguous') {
    const seconds = Math.min(LOOK_AFTER_SECONDS * 2 ** (bundle.attempts - 1), LOOK_AFTER_AT_MOST);
    return await tryAgain(flow, delivery, seconds, false);
  }
  if (sent.kind === 'later') return await tryAgain(flow, delivery, sent.afterSeconds, isFirst);
  await inScope(flow, workspaceId, async (scope) => {
    const error = 'error' in sent ? sent.error : null;
    const dueAt = nextPromptTime(calendarFor(scope, rep), new Date(scope.now.getTime() + 3_600_000));
    await takeBack(scope, bundleId, () => dueAt, error);
  });
  if (sent.kind === 'person_gone') await deactivateRep(flow, workspaceId, rep.id);
  if (sent.kind === 'person_unknown') await unlinkRep(flow, workspaceId, rep.id);
}

/** `untouched`: Slack certainly does not have it, so the next attempt is a first one again. */
async function tryAgain(
  flow: Flow,
  { workspaceId, bundleId }: Delivery,
  seconds: number,
  untouched: boolean,
): Promise<void> {
  // Held until then, so that the sweep does not take it for stranded and start a second row of attempts.
  const leasedUntil = new Date(flow.now().getTime() + Math.max(seconds - 1, 0) * 1_000);
  await flow.store.transaction(async (tx) => {
    await saveBundle(tx, workspaceId, bundleId, {
      leasedUntil,
      ...(untouched ? { attemptedAt: null } : {}),
    });
    await flow.store.enqueue(
      tx,
      'deliver-bundle',
      { workspaceId, bundleId },
      { startAfter: Math.ceil(seconds) },
    );
  });
}
