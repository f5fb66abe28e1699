import { readRhythms } from '../../db/asking/learned.ts';
import { closePrompts, insertPrompts, type Prompt, updatePrompts } from '../../db/asking/prompt.ts';
import {
  lockNamedOfReps,
  lockReturns,
  type Return,
  readComeBacks,
  readNamedOfReps,
  readParts,
  readReturns,
} from '../../db/asking/return.ts';
import { markReturnsPending } from '../../db/who/account.ts';
import { planReturn, rescheduledAt } from '../../domain/asking/prompting.ts';
import { type WantedReturn, wantedReturns } from '../../domain/asking/returns.ts';
import { calendarFor, findOwners, type Owner, type Scope } from '../scope.ts';
import { isAskedOf, newPrompt, place, type Spread } from './new-prompt.ts';
import { redrawBundlesOf } from './redraw-bundle.ts';
import { reopenPrompts } from './reopen-prompts.ts';
import { type Scheduling, unique } from './schedule-prompts.ts';
import { putToWhom } from './stand-in.ts';

/**
 * Gives each rep the return that they should have at each of these accounts, which the caller holds (promise 1). One
 * that is there for the same reason stays as it is; of the others, those that nobody was asked yet are changed in
 * place, for a move at an account puts off the returns of everybody there.
 */
export async function scheduleReturns(
  scope: Scope,
  accountIds: readonly string[],
  { spread, reopens = false }: Pick<Scheduling, 'spread' | 'reopens'> = {},
): Promise<void> {
  const { tx, workspaceId, playbook, now } = scope;
  const ids = unique(accountIds);
  const parts = await readParts(tx, workspaceId, ids);
  const rules = { restDays: playbook.returnAfterDays, rhythms: await readRhythms(tx, workspaceId, ids) };
  const wanted = wantedReturns(parts, await readComeBacks(tx, workspaceId, ids), rules);
  // Reps are held before prompts, as everywhere; who is asked meanwhile is seen once the prompts are held.
  const expected = compare(wanted, await readReturns(tx, workspaceId, ids)).missing;
  const owners = await findOwners(scope, unique(expected.map(({ wanted: one }) => one.repId)));
  const { close, missing } = compare(wanted, await lockReturns(tx, workspaceId, ids));
  const rows = await toRows(scope, missing, owners, spread);
  const { insert, update, again, overtaken } = reopens ? await reopenReturns(scope, rows) : asTheyAre(rows);
  const closeIds = [...close, ...overtaken].map((prompt) => prompt.id);
  await closePrompts(tx, workspaceId, closeIds, now);
  await updatePrompts(tx, [...update, ...again]);
  await insertPrompts(tx, insert);
  await redrawBundlesOf(scope, [...closeIds, ...again.map((prompt) => prompt.id)]);
  await markReturnsPending(tx, workspaceId, ids, null);
}

interface Rows {
  insert: Prompt[];
  /** Rows that are there and open, as they become. */
  update: Prompt[];
}

type Reopened = Rows & { again: Prompt[]; overtaken: Prompt[] };

function asTheyAre(rows: Rows): Reopened {
  return { ...rows, again: [], overtaken: [] };
}

/** What was asked before for the same reason is open again, in place of a row that would become it. */
async function reopenReturns(scope: Scope, { insert, update }: Rows): Promise<Reopened> {
  const fresh = await reopenPrompts(scope, insert);
  const become = await reopenPrompts(scope, update);
  const overtaken = update.filter((row) => !become.insert.includes(row));
  return { insert: fresh.insert, update: become.insert, again: [...fresh.again, ...become.again], overtaken };
}

/** A return that is not there yet; `row` is one for the same rep and account that can become it. */
interface Missing {
  wanted: WantedReturn;
  row: Return | undefined;
}

function compare(
  wanted: readonly WantedReturn[],
  open: readonly Return[],
): { close: Return[]; missing: Missing[] } {
  const unmatched = new Map(open.map((row) => [placeOf(row), row]));
  const missing: Missing[] = [];
  for (const one of wanted) {
    const place = `${one.accountId} ${one.repId}`;
    const row = unmatched.get(place);
    if (row !== undefined && isFor(row, one)) unmatched.delete(place);
    else if (row === undefined || isAsked(row)) missing.push({ wanted: one, row: undefined });
    else if (unmatched.delete(place)) missing.push({ wanted: one, row });
  }
  return { close: [...unmatched.values()], missing };
}

function isFor(row: Return, { factId, since, afterDays }: WantedReturn): boolean {
  const isSameReason = row.factId === factId && row.since.getTime() === since.getTime();
  return isSameReason && (row.afterDays === afterDays || isAsked(row));
}

function isAsked({ asked, bundleId }: Return): boolean {
  return asked > 0 || bundleId !== null;
}

async function toRows(
  scope: Scope,
  missing: readonly Missing[],
  owners: ReadonlyMap<string, Owner>,
  spread: Spread | undefined,
): Promise<Rows> {
  const { playbook, now } = scope;
  const insert: Prompt[] = [];
  const update: Prompt[] = [];
  // Those that have waited longest find room first.
  for (const { wanted, row } of missing.toSorted((a, b) => Number(a.wanted.since) - Number(b.wanted.since))) {
    const { accountId, repId: namedRepId } = wanted;
    const owner = owners.get(namedRepId);
    if (owner === undefined)
      throw new Error(`the return at account ${accountId} is for somebody who is no rep`);
    const planned = planReturn(wanted, playbook, calendarFor(scope, owner), now);
    const about = { accountId, engagementId: null, needId: null, namedRepId };
    const fresh = newPrompt(scope, await place(planned, owner, spread), owner, about);
    if (row === undefined) insert.push(fresh);
    else update.push({ ...fresh, id: row.id, createdAt: row.createdAt });
  }
  return { insert, update };
}

/**
 * Lets the returns for these reps, what is asked beside the questions of stages, and what of both is asked of them, be
 * asked of whoever is to be asked now. What is for a name that turned out to be a person's is that person's; of returns,
 * unless the person has one there.
 */
export async function passOnNamed(scope: Scope, repIds: readonly string[]): Promise<void> {
  const { tx, workspaceId, playbook, now } = scope;
  const seen = await readNamedOfReps(tx, workspaceId, repIds);
  const owners = await findOwners(scope, unique(seen.map((row) => row.namedRepId)));
  const open = await lockNamedOfReps(tx, workspaceId, repIds);
  const places = new Set(open.filter(isReturn).map(placeOf));
  const moved = open.flatMap((row) => {
    const owner = owners.get(row.namedRepId);
    if (owner === undefined) return [];
    const own = { ...row, namedRepId: owner.personId };
    const isFree = !isReturn(row) || !places.has(placeOf(own));
    if (isFree && isReturn(row)) places.add(placeOf(own));
    const named = isFree ? own : row;
    if (isAskedOf(row, owner)) return named.namedRepId === row.namedRepId ? [] : [named];
    const free = { ...named, repId: owner.id, askedForId: null, bundleId: null };
    const dueAt = rescheduledAt(free, playbook, calendarFor(scope, owner), now);
    return [putToWhom(scope, owner, { ...free, dueAt, unaskableSince: owner.isUnaskable ? now : null })];
  });
  await updatePrompts(tx, moved);
}

function isReturn({ question }: Prompt): boolean {
  return question === 'return';
}

function placeOf({ accountId, namedRepId }: Return): string {
  return `${accountId} ${namedRepId}`;
}
