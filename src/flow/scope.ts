import type { Tx } from '../db/driver.ts';
import type { Store } from '../db/store.ts';
import { holdReps, type Rep } from '../db/who/rep.ts';
import { readPlaybook } from '../db/who/workspace.ts';
import { calendarOf, holidaysOf, type OwnTime, type Playbook, slowedFor } from '../domain/asking/playbook.ts';
import type { Calendar } from '../domain/asking/workday.ts';
import { findAsked, isReachable } from '../domain/who/owner.ts';
import { findKeeper } from './people/find-keeper.ts';
import { type HolidayBook, HolidaysNeededError } from './people/holiday-book.ts';
import type { Flow } from './ports.ts';

/** What the steps inside one transaction share. Locks are taken in this order: engagements, names, accounts, reps, prompts. */
export interface Scope {
  tx: Tx;
  store: Store;
  workspaceId: string;
  playbook: Playbook;
  /** Slack user ids of those who are named as admins; Slack's own come after them. */
  admins: readonly string[];
  /** The public holidays at hand; nobody has any without it. */
  holidayBook?: HolidayBook | undefined;
  now: Date;
}

/**
 * Opens a transaction for one workspace. `work` may run again after a deadlock, or once the holidays of a place that it
 * needs are at hand.
 */
export async function inScope<T>(
  flow: Flow,
  workspaceId: string,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  const { holidayBook, admins = [] } = flow;
  const now = flow.now();
  for (;;) {
    try {
      return await flow.store.transaction(async (tx) => {
        const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
        const { store } = flow;
        return await work({ tx, store, workspaceId, playbook, admins, holidayBook, now });
      });
    } catch (error) {
      if (!(error instanceof HolidaysNeededError)) throw error;
      await holidayBook?.load(error.place, now);
    }
  }
}

/** A rep's working time. Throws a HolidaysNeededError, on which inScope() begins anew. */
export function calendarFor(
  { playbook, holidayBook, now }: Pick<Scope, 'playbook' | 'holidayBook' | 'now'>,
  rep: OwnTime,
): Calendar {
  const place = holidaysOf(playbook, rep);
  return calendarOf(playbook, rep, place === null || !holidayBook ? undefined : holidayBook.of(place, now));
}

/** The playbook as it holds for a rep now: questions that came to them at a wrong time wait twice as long. */
export function playbookFor({ playbook, now }: Pick<Scope, 'playbook' | 'now'>, { slowed }: Rep): Playbook {
  return slowedFor(playbook, slowed, now);
}

/**
 * Whoever is asked. `personId` is the person whom the named owner is, here or not; `isUnaskable` marks an admin who only
 * keeps what nobody can be asked.
 */
export type Owner = Rep & {
  personId: string;
  isUnaskable: boolean;
  /** Delegates and colleagues for value talks, by id: see asking/stand-in.ts. */
  standIns: ReadonlyMap<string, Rep>;
};

/**
 * For each rep who is named as an owner, the one who is asked: the person whom the rep is, else the first up the line
 * who can be reached, else an admin, who is told once a week and not asked. Who that is holds until the transaction
 * ends: whoever leaves meanwhile leaves after it, and hands on what it stored.
 */
export async function findOwners(scope: Scope, namedIds: readonly string[]): Promise<Map<string, Owner>> {
  const known = await holdLine(scope, namedIds);
  const owners = new Map<string, Owner>();
  let keeper: Rep | null | undefined;
  for (const id of namedIds) {
    const named = known.get(id);
    if (named === undefined) continue;
    const asked = findAsked(named, known);
    if (asked === null && keeper === undefined) keeper = await findKeeper(scope);
    const person = known.get(named.joinedTo ?? '') ?? named;
    const who = { personId: person.id, isUnaskable: asked === null, standIns: known };
    owners.set(id, { ...(asked ?? keeper ?? person), ...who });
  }
  return owners;
}

/** These reps, whom they are, all up the line from those who cannot be asked, and who stands in for any of them. */
async function holdLine({ tx, workspaceId }: Scope, ids: readonly string[]): Promise<Map<string, Rep>> {
  const known = new Map<string, Rep>();
  for (let next = [...new Set(ids)]; next.length > 0; ) {
    const found = await holdReps(tx, workspaceId, next);
    for (const [id, rep] of found) known.set(id, rep);
    const above = [...found.values()]
      .filter((rep) => !isReachable(rep))
      .flatMap(({ joinedTo, managerId }) => [joinedTo, managerId])
      .filter((id) => id !== null);
    const standIns = [...found.values()]
      .flatMap(({ awayFrom, delegateId, valueTalksId }) => [awayFrom && delegateId, valueTalksId])
      .filter((id) => id !== null);
    next = [...new Set([...above, ...standIns])].filter((id) => !known.has(id));
  }
  return known;
}
