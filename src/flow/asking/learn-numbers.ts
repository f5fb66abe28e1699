import {
  claimLearning,
  insertVersion,
  readGaps,
  readRhythms,
  readSeenOrders,
} from '../../db/asking/learned.ts';
import { listWorkspaces } from '../../db/who/workspace.ts';
import { medianValueDays, type Rhythm, rhythmOf } from '../../domain/asking/learning.ts';
import { calendarOf } from '../../domain/asking/playbook.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { Flow } from '../ports.ts';
import { runAll } from '../run-all.ts';
import { inScope, type Scope } from '../scope.ts';

/** Numbers are learned once a week. */
const LEARN_AFTER_MS = 7 * DAY_MS;

/** Learns each workspace's own numbers where the last time is a week ago. */
export async function learnNumbers(flow: Flow): Promise<void> {
  const workspaces = await flow.store.read(listWorkspaces);
  await runAll(
    workspaces.map(
      ({ id }) =>
        () =>
          inScope(flow, id, learn),
    ),
  );
}

/**
 * Learns how long it takes until clients see the value, and how long each client rests between two turns. Where that is
 * another number than the last time it becomes the next version of the playbook, which counts for what happens from now on.
 */
async function learn(scope: Scope): Promise<void> {
  const { tx, workspaceId, playbook, now } = scope;
  if (!(await claimLearning(tx, workspaceId, new Date(now.getTime() - LEARN_AFTER_MS), now))) return;
  const calendar = calendarOf(playbook, { timeZone: null, promptAt: null });
  const valueDays = medianValueDays(await readSeenOrders(tx, workspaceId), calendar);
  const rhythms = changed(await readRhythms(tx, workspaceId), await readGaps(tx, workspaceId));
  const last = playbook.learned.at(-1);
  if (rhythms.length === 0 && valueDays === (last?.valueDays ?? null)) return;
  const version = (last?.version ?? 0) + 1;
  await insertVersion(tx, { workspaceId, version, computedAt: now, valueDays }, rhythms);
}

/** The accounts whose rhythm is another than the last that was learned; null where too few gaps are known now. */
function changed(
  before: readonly Rhythm[],
  gaps: readonly { accountId: string; upperQuartile: number }[],
): { accountId: string; days: number | null }[] {
  const oldestFirst = before.toSorted((a, b) => a.version - b.version);
  const known = new Map(oldestFirst.map(({ accountId, days }) => [accountId, days]));
  const days = new Map<string, number | null>([...known.keys()].map((accountId) => [accountId, null]));
  for (const { accountId, upperQuartile } of gaps) days.set(accountId, rhythmOf(upperQuartile));
  return [...days]
    .filter(([accountId, now]) => (known.get(accountId) ?? null) !== now)
    .map(([accountId, now]) => ({ accountId, days: now }));
}
