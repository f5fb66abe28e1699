import { findAwayTurns, type Rep, readReps, saveRep } from '../../db/who/rep.ts';
import { isAwayOn } from '../../domain/asking/stand-in.ts';
import { localDate, startOfLocalDate } from '../../domain/asking/workday.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { placeWithStandIns } from '../asking/stand-in.ts';
import type { Flow } from '../ports.ts';
import { runAll } from '../run-all.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
import { endAway } from './come-back.ts';

const REPS_AT_ONCE = 100;

/** Follows those whose being away begins or ends by now. */
export async function turnAways(flow: Flow, workspaceId: string): Promise<void> {
  const ids = await flow.store.read((tx) => findAwayTurns(tx, workspaceId, flow.now(), REPS_AT_ONCE));
  await runAll(
    ids.map((id) => async () => {
      const over = await inScope(flow, workspaceId, (scope) => turnAway(scope, id));
      if (over !== null) await endAway(flow, workspaceId, id, over.until);
    }),
  );
}

/**
 * What cannot wait changes hands on the first day away. Returns when somebody is back whose time is over: then it has to
 * be ended. `before` stood in for them until now.
 */
export async function turnAway(
  scope: Scope,
  repId: string,
  before: string | null = null,
): Promise<{ until: string | null } | null> {
  const { tx, workspaceId, now } = scope;
  const rep = (await readReps(tx, workspaceId, [repId])).get(repId);
  if (rep === undefined) return null;
  const turnsAt = nextTurn(scope, rep);
  if (turnsAt === null) return { until: rep.awayUntil };
  await saveRep(tx, workspaceId, repId, { awayTurnsAt: turnsAt });
  const isAway = isAwayOn(rep, localDate(calendarFor(scope, rep).timeZone, now));
  if (isAway || before !== null) await claimBundles(scope, await placeWithStandIns(scope, [repId, before]));
  return null;
}

/** When somebody's being away begins or ends next; null once it is over. */
function nextTurn(scope: Scope, rep: Rep): Date | null {
  const calendar = calendarFor(scope, rep);
  const turns = [rep.awayFrom, rep.awayUntil].flatMap((day) =>
    day === null ? [] : [startOfLocalDate(calendar, day)],
  );
  return turns.find((at) => at > scope.now) ?? null;
}
