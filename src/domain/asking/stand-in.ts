import type { PlannedPrompt } from './prompting.ts';

/** What a rep set about who is asked in their place. Dates are YYYY-MM-DD in their own zone. */
export interface StandingIn {
  id: string;
  /** The first day away, and the day of coming back. */
  awayFrom: string | null;
  awayUntil: string | null;
  /** Who gets meanwhile what cannot wait; null where it waits too. */
  delegateId: string | null;
  /** Who is asked about what was promised and whether it is seen. */
  valueTalksId: string | null;
}

type Asked = Pick<PlannedPrompt, 'question' | 'urgent' | 'on'>;

/** Where clients are passed to customer success, these are put to the colleague there. */
const VALUE_TALKS: readonly string[] = ['promise', 'verify', 'promised'];
/** Asked at once on a close, and about it also when it is asked again. */
const CLOSES: readonly string[] = ['promise'];

/** Whether somebody is away on a day. */
export function isAwayOn(
  { awayFrom, awayUntil }: Pick<StandingIn, 'awayFrom' | 'awayUntil'>,
  day: string,
): boolean {
  return awayFrom !== null && awayUntil !== null && awayFrom <= day && day < awayUntil;
}

/**
 * To whom a question of `owner` is put: to the colleague who has the value talks, where it is one; and while that person
 * is away, what cannot wait until they are back (closes, and days that people named) to their delegate. Somebody who
 * cannot be asked now stands in for nobody. `find` knows those who can be reached, `todayOf` the day where one is.
 */
export function putTo<R extends StandingIn>(
  owner: R,
  prompt: Asked,
  find: (id: string) => R | undefined,
  todayOf: (rep: R) => string,
): R {
  const colleague = VALUE_TALKS.includes(prompt.question) ? find(owner.valueTalksId ?? '') : undefined;
  const person = colleague ?? owner;
  if (!isAwayOn(person, todayOf(person)) || !cannotWait(prompt, person)) return person;
  const delegate = find(person.delegateId ?? '');
  return delegate === undefined || isAwayOn(delegate, todayOf(delegate)) ? person : delegate;
}

function cannotWait({ question, urgent, on }: Asked, { awayUntil }: StandingIn): boolean {
  if (on !== null) return on < (awayUntil ?? '');
  return urgent || CLOSES.includes(question);
}
