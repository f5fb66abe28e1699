import { type Answer, isNeedAnswer, isSeen, type NextStep } from './answer.ts';
import { type Extra, isBeforeOrder } from './stage.ts';
import { beside, type Draft, end, enter, type Fact, win } from './standing.ts';

type AnswerOf<K extends Answer['kind']> = Extract<Answer, { kind: K }>;

/** An answer that no longer fits, because older news came in later, changes nothing: it stays on record. */
export function takeAnswer(draft: Draft, fact: Fact, answer: Answer): void {
  if (answer.kind === 'note' || isNeedAnswer(answer)) return;
  if (answer.kind === 'handed_over') {
    draft.takenOnBy = answer.to;
    return;
  }
  if ((answer.kind === 'later' || answer.kind === 'keep_asking') && answer.of !== undefined)
    return putOffBeside(draft, fact, answer, answer.of);
  if (draft.ending !== null) return takeOnceEnded(draft, fact, answer);
  switch (answer.kind) {
    case 'moved':
      if (!isBeforeOrder(draft.stage) || !isBeforeOrder(answer.to)) return;
      if (answer.to === draft.stage) return putOff(draft, fact, answer.askOn ?? null);
      return enter(draft, fact, answer.to, answer.askOn ?? null);
    case 'won':
      if (answer.amount !== undefined) draft.amount = answer.amount;
      if (isBeforeOrder(draft.stage)) win(draft, fact, fact.at, false);
      return;
    case 'lost':
      if (!isBeforeOrder(draft.stage)) return;
      draft.returnReason = answer.reason;
      return end(draft, fact, 'lost', fact.at);
    case 'later':
      return putOff(draft, fact, answer.on);
    case 'keep_asking':
      draft.asking = { factId: fact.id, since: fact.at, on: null, how: answer.every };
      draft.beside.promise = undefined;
      return;
    case 'talk':
      return takeTalk(draft, fact, answer.on);
    case 'promised':
      return takePromise(draft, fact, answer);
    case 'verified':
      return takeVerification(draft, fact, answer);
    case 'next':
      if (draft.stage !== 'next') return;
      return answer.step === undefined ? putOff(draft, fact, null) : takeStep(draft, fact, answer.step);
    case 'dismissed':
      waitNoMore(draft);
      return end(draft, fact, 'dismissed', fact.at);
  }
}

/** A loss can be explained, and a promise can still be kept, once the deal has come to its end. */
function takeOnceEnded(draft: Draft, fact: Fact, answer: Answer): void {
  switch (answer.kind) {
    case 'lost':
      if (draft.ending !== 'lost' || draft.returnReason !== null) return;
      draft.returnReason = answer.reason;
      draft.beside.lost = undefined;
      return;
    case 'verified':
      if (draft.beside.promised === undefined) return;
      return takeSight(draft, fact, answer);
    case 'dismissed':
      waitNoMore(draft);
      draft.beside.lost = undefined;
      return;
  }
}

/**
 * Whoever says that there is nothing to follow up is asked no more whether the client sees it. What waited for that waits
 * no more: with nobody asked, nothing could ever end it.
 */
function waitNoMore(draft: Draft): void {
  draft.beside.promised = undefined;
  draft.unseen = false;
  draft.repair = null;
}

function putOff(draft: Draft, fact: Fact, on: string | null): void {
  draft.asking = { factId: fact.id, since: fact.at, on, how: 'answered' };
  draft.beside.promise = undefined;
}

/** Only while that question is there. A need's day is a fact of the need. */
function putOffBeside(
  draft: Draft,
  { id: factId, at: since }: Fact,
  answer: AnswerOf<'later'> | AnswerOf<'keep_asking'>,
  of: Extra,
): void {
  if (of === 'need' || draft.beside[of] === undefined) return;
  draft.beside[of] =
    answer.kind === 'later'
      ? beside({ factId, since, on: answer.on, how: 'answered' })
      : beside({ factId, since, on: null, how: answer.every });
}

function takeTalk(draft: Draft, fact: Fact, on: string): void {
  if (draft.stage !== 'verify') return;
  draft.asking = { factId: fact.id, since: fact.at, on, how: 'talk' };
  draft.beside.promise = undefined;
}

/** The value is asked about on the day of the talk; where none was named, on the day by which it was promised. */
function takePromise(draft: Draft, fact: Fact, { promise, talkOn }: AnswerOf<'promised'>): void {
  if (draft.stage !== 'verify') return;
  const { id: factId, at: since } = fact;
  const { how } = draft.asking;
  draft.promise = promise;
  draft.beside.promise = undefined;
  if (!draft.unseen) {
    const { by } = promise;
    draft.beside.promised = by === undefined ? undefined : beside({ factId, since, on: by, how: 'promised' });
  }
  if (talkOn !== undefined) takeTalk(draft, fact, talkOn);
  else if (promise.by !== undefined && (how === 'entered' || how === 'promised'))
    draft.asking = { factId, since, on: promise.by, how: 'promised' };
  else if (how === 'promised') draft.asking = { factId, since, on: null, how };
}

/** Value that the client does not see yet keeps the question open, even when the next engagement starts. */
function takeVerification(draft: Draft, fact: Fact, answer: AnswerOf<'verified'>): void {
  if (draft.stage !== 'verify') {
    if (draft.unseen) takeSight(draft, fact, answer);
    return;
  }
  takeSight(draft, fact, answer);
  if (draft.unseen) return askOfRepair(draft, fact, answer);
  draft.verifiedAt = fact.at;
  enter(draft, fact, 'next');
  if (answer.next !== undefined) takeStep(draft, fact, answer.next);
}

/** Whether they see it, and until when it is to be put right. */
function takeSight(draft: Draft, { id: factId, at: since }: Fact, answer: AnswerOf<'verified'>): void {
  draft.unseen = !isSeen(answer);
  draft.repair = draft.unseen ? (answer.repair ?? null) : null;
  const on = answer.repair?.by ?? null;
  draft.beside.promise = undefined;
  draft.beside.promised = draft.unseen ? beside({ factId, since, on, how: 'repair' }) : undefined;
}

function askOfRepair(draft: Draft, fact: Fact, { repair, next }: AnswerOf<'verified'>): void {
  // What was told before a repair was asked for named its day as the step that comes next.
  if (repair === undefined) return putOff(draft, fact, next?.kind === 'return' ? next.on : null);
  draft.asking = { factId: fact.id, since: fact.at, on: repair.by ?? null, how: 'repair' };
}

function takeStep(draft: Draft, fact: Fact, step: NextStep): void {
  end(draft, fact, step.kind === 'return' ? 'returned' : 'continued', fact.at);
}
