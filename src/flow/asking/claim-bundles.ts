import { v7 as uuid } from 'uuid';
import { insertBundles, readSentBefore } from '../../db/asking/bundle.ts';
import {
  closePrompts,
  deferPrompts,
  findRepsWithDuePrompts,
  type Prompt,
  readDuePrompts,
} from '../../db/asking/prompt.ts';
import { lockReps, type Rep } from '../../db/who/rep.ts';
import { isSpent } from '../../domain/asking/asks.ts';
import { type BundlePlan, planBundle, type Reach } from '../../domain/asking/bundle.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
import { redrawBundlesOf } from './redraw-bundle.ts';

/** Reps claimed for in one transaction. */
const REPS_AT_ONCE = 200;
/** How far back a bundle can matter: the last working day's is long past by then. */
const LOOK_BACK_MS = 3 * DAY_MS;

/** Puts on their way the bundles of all reps with prompts that are due. Its work grows with what is due. */
export async function claimDueBundles(flow: Flow, workspaceId: string): Promise<number> {
  let claimed = 0;
  for (;;) {
    const [sent, looked] = await inScope(flow, workspaceId, async (scope) => {
      const repIds = await findRepsWithDuePrompts(scope.tx, workspaceId, scope.now, REPS_AT_ONCE);
      return [await claimBundles(scope, repIds), repIds.length];
    });
    claimed += sent;
    if (looked < REPS_AT_ONCE) return claimed;
  }
}

interface Claim {
  rep: Rep;
  promptIds: string[];
  urgent: boolean;
  daily: boolean;
}

/**
 * Decides for each rep which of the prompts that are due go into a bundle now and until when the others wait, and
 * puts the bundles on their way. A rep with a bundle on its way gets no other. Every due prompt is either claimed
 * or put off, so that a sweep never sees it twice.
 */
export async function claimBundles(scope: Scope, repIds: readonly string[]): Promise<number> {
  const { tx, workspaceId, playbook, now } = scope;
  const reps = await lockReps(tx, workspaceId, [...repIds].sort());
  const before = await readSentBefore(
    tx,
    workspaceId,
    [...reps.keys()],
    new Date(now.getTime() - LOOK_BACK_MS),
  );
  const due = await lapseSpent(scope, await readDuePrompts(tx, workspaceId, [...reps.keys()], now));
  const claims: Claim[] = [];
  const waits: Wait[] = [];
  for (const [repId, prompts] of due) {
    const rep = reps.get(repId);
    if (rep === undefined) continue;
    const sent = before.get(repId) ?? { urgentAt: null, dailyAt: null, dmsAt: [], onItsWay: false };
    const plan = planBundle(
      prompts,
      reachOf(rep, sent.onItsWay),
      sent,
      playbook,
      calendarFor(scope, rep),
      now,
    );
    waits.push(...plan.wait);
    if (plan.send.length === 0) continue;
    const promptIds = plan.send.map((prompt) => prompt.id);
    claims.push({ rep, promptIds, urgent: plan.send.some((prompt) => prompt.urgent), daily: plan.daily });
  }
  await letWait(scope, waits);
  await putOnTheirWay(scope, claims);
  return claims.length;
}

type Wait = BundlePlan<Prompt>['wait'][number];

async function letWait({ tx, workspaceId }: Scope, waits: readonly Wait[]): Promise<void> {
  const alike = Map.groupBy(waits, ({ until, forRoom }) => `${until.getTime()} ${forRoom}`);
  for (const group of alike.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const ids = group.map(({ prompt }) => prompt.id);
    await deferPrompts(tx, workspaceId, ids, first.until, first);
  }
}

/** What was asked as often as it may be, and goes on as no question of its own, is closed instead of asked again. */
async function lapseSpent(
  scope: Scope,
  due: ReadonlyMap<string, Prompt[]>,
): Promise<ReadonlyMap<string, Prompt[]>> {
  const { tx, workspaceId, playbook, now } = scope;
  const spent = [...due.values()].flat().filter((prompt) => isSpent(prompt, playbook));
  if (spent.length === 0) return due;
  const ids = spent.map(({ id }) => id);
  await closePrompts(tx, workspaceId, ids, now);
  await redrawBundlesOf(scope, ids);
  return new Map([...due].map(([repId, all]) => [repId, all.filter((prompt) => !spent.includes(prompt))]));
}

function reachOf(rep: Rep, onItsWay: boolean): Reach {
  if (!rep.active || rep.slackUserId === null) return 'unknown';
  return onItsWay ? 'busy' : 'here';
}

async function putOnTheirWay(scope: Scope, claims: readonly Claim[]): Promise<void> {
  const { tx, store, workspaceId, now } = scope;
  const rows = claims.map(({ rep, promptIds, urgent, daily }) => {
    const bundle = {
      workspaceId,
      id: uuid(),
      repId: rep.id,
      status: 'on_its_way' as const,
      urgent,
      daily,
      claimedAt: now,
    };
    return { bundle, promptIds };
  });
  await insertBundles(tx, workspaceId, rows);
  if (rows.length > 0) await store.enqueue(tx, 'send-bundles', { workspaceId });
}
