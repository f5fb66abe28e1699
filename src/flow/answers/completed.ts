import type { Prompt } from '../../db/asking/prompt.ts';
import type { Rep } from '../../db/who/rep.ts';
import { localDate, yearAfter } from '../../domain/asking/workday.ts';
import { type Answer, isNeedAnswer, isSeen } from '../../domain/cycle/answer.ts';
import { isExtra } from '../../domain/cycle/stage.ts';
import { calendarFor, type Scope } from '../scope.ts';

/**
 * An answer with what the question and the day add to it: what is not seen is to be put right and begins nothing, what
 * is put off says what that was, and a door that is left alone is knocked on again in a year.
 */
export function completed(
  scope: Scope,
  answer: Answer,
  { question, needId }: Pick<Prompt, 'question' | 'needId'>,
  rep: Rep,
): Answer {
  switch (answer.kind) {
    case 'later':
    case 'keep_asking':
      return isExtra(question) ? { ...answer, of: question } : answer;
    case 'verified':
      return completedVerification(answer);
    case 'dismissed': {
      const today = localDate(calendarFor(scope, rep).timeZone, scope.now);
      return { ...answer, returnOn: answer.returnOn ?? yearAfter(today) };
    }
    default:
      // What is said on the day of a need is said of that need.
      return isNeedAnswer(answer) && needId !== null ? { ...answer, needId } : answer;
  }
}

function completedVerification(answer: Extract<Answer, { kind: 'verified' }>): Answer {
  const { next, repair, ...told } = answer;
  const unseen = { ...told, repair: repair ?? {} };
  if (isSeen({ ...unseen })) return { ...told, next };
  const by = unseen.repair.by ?? (next?.kind === 'return' ? next.on : undefined);
  return { ...told, repair: { ...unseen.repair, by } };
}
