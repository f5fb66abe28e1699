import { type Answer, isSeen } from '../cycle/answer.ts';
import type { Question } from '../cycle/stage.ts';
import { DAY_MS } from '../durations.ts';
import { knownAt, type Rhythm } from './learning.ts';

/** What happened last to one of several engagements. */
export interface Happening {
  engagementId: string;
  /** Its source and the deal's id there: of two at one instant, the later in that order is the last. */
  deal: string;
  at: Date;
}

/** A rep's part in the story of an account: all engagements there that name the rep as the owner. */
export interface Part {
  accountId: string;
  repId: string;
  hasOpen: boolean;
  lastEnding: Happening | null;
  lastMove: Happening | null;
}

/** What an answer says of coming back to an account. */
export interface ComeBack {
  accountId: string;
  repId: string;
  factId: string;
  at: Date;
  /** The engagement that the answer is about; null for an answer to a return. */
  engagementId: string | null;
  /** The day that was named (YYYY-MM-DD); null for a return that was put off without one. */
  on: string | null;
  isLoss: boolean;
  /** The return is to be asked again and again, as often as that. */
  every: 'weekly' | 'monthly' | null;
  /** The return of that day came, and got an answer. */
  isAnswered: boolean;
}

/** A return that should be there: at one account, for one rep. */
export interface WantedReturn {
  accountId: string;
  repId: string;
  rule: 'return' | 'lost_return' | 'named_date' | 'put_off' | 'weekly' | 'monthly';
  factId: string;
  since: Date;
  on: string | null;
  /** Days after `since`; null where a day was named or the usual time counts. */
  afterDays: number | null;
  /** The version of the playbook that learned these days. */
  playbookVersion: number | null;
}

/** What a return without a named day goes by. */
export interface ReturnRules {
  /** Days without a move of anybody's. */
  restDays: number;
  rhythms: readonly Rhythm[];
}

/** Two reps do not come back to one client in the same week. */
const APART_DAYS = 7;

/** The day on which an answer wants to come back to the account; undefined when it says nothing of that. */
export function comeBackIn(answer: Answer, question: Question): { on: string | null } | undefined {
  switch (answer.kind) {
    case 'lost':
    case 'dismissed':
      return answer.returnOn === undefined ? undefined : { on: answer.returnOn };
    case 'later':
      return question === 'return' ? { on: answer.on } : undefined;
    case 'keep_asking':
      return question === 'return' ? { on: null } : undefined;
    case 'verified': {
      // Value that is not seen yet keeps its own question: the day is that question's.
      return answer.next?.kind === 'return' && isSeen(answer) ? { on: answer.next.on } : undefined;
    }
    case 'next':
      if (answer.step?.kind === 'return') return { on: answer.step.on };
      return answer.step === undefined && question === 'return' ? { on: null } : undefined;
    default:
      return undefined;
  }
}

/**
 * The returns of some accounts, at most one for a rep at each. A day that was named stands whatever became of the
 * deal; where several are, the earliest comes first. Without one, a rep who has nothing open there comes back a while
 * after the last that happened, an ending of the rep's or a move of a colleague's, and a week after a colleague does.
 */
export function wantedReturns(
  parts: readonly Part[],
  comeBacks: readonly ComeBack[],
  rules: ReturnRules,
): WantedReturn[] {
  const named = new Map<string, WantedReturn>();
  for (const one of standing(comeBacks)) {
    const key = `${one.accountId} ${one.repId}`;
    if (!named.has(key)) named.set(key, whenNamed(one));
  }
  const byDefault = [...Map.groupBy(parts, (part) => part.accountId).values()].flatMap((all) => {
    const latestFirst = all.toSorted((a, b) => laterFirst(a.lastMove, b.lastMove));
    const wanted = all.flatMap(({ accountId, repId, hasOpen, lastEnding }) => {
      if (hasOpen || lastEnding === null || named.has(`${accountId} ${repId}`)) return [];
      const colleague = latestFirst.find((other) => other.repId !== repId)?.lastMove ?? null;
      return [
        { accountId, repId, deal: lastEnding.deal, ...afterRest(accountId, lastEnding, colleague, rules) },
      ];
    });
    return apart(wanted);
  });
  return [...named.values(), ...byDefault.map(({ deal: _, ...wanted }) => wanted)];
}

/** The account's own rhythm after an ending, where that was known by then; and the usual rest after what a colleague moved. */
function afterRest(accountId: string, ending: Happening, colleague: Happening | null, rules: ReturnRules) {
  const ofAccount = rules.rhythms.filter((one) => one.accountId === accountId);
  const rhythm = knownAt(ofAccount, ending.at);
  const days = rhythm?.days ?? rules.restDays;
  const version = rhythm?.days == null ? null : rhythm.version;
  const own = { ...reasonOf(ending), afterDays: days, playbookVersion: version };
  if (colleague === null) return own;
  const theirs = { ...reasonOf(colleague), afterDays: rules.restDays, playbookVersion: null };
  return dayAfter(theirs) > dayAfter(own) ? theirs : own;
}

function reasonOf({ engagementId, at }: Happening) {
  return { rule: 'return' as const, factId: engagementId, since: at, on: null };
}

/** Lets each come a week after the one before at the earliest. On one day the rep of the earlier deal, by its id, is first. */
function apart<T extends { since: Date; afterDays: number; deal: string; repId: string }>(
  wanted: readonly T[],
): T[] {
  const inOrder = wanted.toSorted(
    (a, b) => dayAfter(a) - dayAfter(b) || compare(a.deal, b.deal) || compare(a.repId, b.repId),
  );
  let free = Number.NEGATIVE_INFINITY;
  return inOrder.map((one) => {
    const late = Math.max(0, Math.ceil(free - dayAfter(one)));
    const moved = { ...one, afterDays: one.afterDays + late };
    free = dayAfter(moved) + APART_DAYS;
    return moved;
  });
}

/** When it is due, in days since 1970. */
function dayAfter({ since, afterDays }: { since: Date; afterDays: number }): number {
  return since.getTime() / DAY_MS + afterDays;
}

function laterFirst(a: Happening | null, b: Happening | null): number {
  return timeOf(b) - timeOf(a) || compare(b?.deal ?? '', a?.deal ?? '');
}

function timeOf(happening: Happening | null): number {
  return happening?.at.getTime() ?? 0;
}

/** The words that hold, the earliest day first: the last about each engagement, unless its day came and was answered. */
function standing(comeBacks: readonly ComeBack[]): ComeBack[] {
  const oldestFirst = comeBacks.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || compare(a.factId, b.factId),
  );
  const last = new Map(oldestFirst.map((one) => [`${one.engagementId ?? one.factId} ${one.repId}`, one]));
  return [...last.values()]
    .filter((one) => !one.isAnswered)
    .sort((a, b) => compare(dayOf(a), dayOf(b)) || compare(a.factId, b.factId));
}

function dayOf({ on, at }: ComeBack): string {
  return on ?? at.toISOString().slice(0, 10);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function whenNamed({ accountId, repId, factId, at, on, isLoss, every }: ComeBack): WantedReturn {
  const rule = on === null ? (every ?? 'put_off') : isLoss ? 'lost_return' : 'named_date';
  return { accountId, repId, rule, factId, since: at, on, afterDays: null, playbookVersion: null };
}
