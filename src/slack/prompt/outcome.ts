import { localDate } from '../../domain/asking/workday.ts';
import { type Answer, type NextStep, nextStepOf } from '../../domain/cycle/answer.ts';
import type { Repair } from '../../domain/cycle/promise.ts';
import type { Question, Stage } from '../../domain/cycle/stage.ts';
import { formatMoney } from '../../domain/money.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { SEES } from '../kit/sees.ts';
import { day, facts, onDay, said } from '../kit/text.ts';
import { questionText } from './question.ts';
import type { Here } from './why.ts';

/** What became of a prompt, on one line: what was answered, by whom and when. Null while it is open. */
export function outcomeLine(prompt: PromptView, here: Here): string | null {
  const { state } = prompt;
  if (state.kind === 'open') return null;
  if (state.kind === 'elsewhere') return `Now with ${said(state.with, 60)}`;
  const when = onDay(localDate(here.timeZone, state.at), here.today);
  if (state.kind === 'overtaken') return `Moved on ${when}`;
  return facts(answerInWords(state.answer, here, state.took), `${said(state.by, 60)}, ${when}`);
}

/** An answer as it is shown afterwards. `took` is the need that was taken up, in the client's words, or who took the deal on. */
export function answerInWords(answer: Answer, here: Here, took?: string): string {
  switch (answer.kind) {
    case 'moved':
      return facts(MOVED[answer.to], answer.askOn && `I'll ask on ${day(answer.askOn, here.today)}`);
    case 'won':
      return facts('Won', answer.amount && said(formatMoney(answer.amount), 40));
    case 'lost':
      return facts(
        `Lost: “${said(answer.reason, 120)}”`,
        answer.returnOn && `back on ${day(answer.returnOn, here.today)}`,
      );
    case 'later':
      return `Not yet, ask on ${day(answer.on, here.today)}`;
    case 'keep_asking':
      return `Not yet, ask every ${answer.every === 'weekly' ? 'week' : 'month'}`;
    case 'talk':
      return `You talk on ${day(answer.on, here.today)}`;
    case 'promised':
      return facts(
        `Promised: “${said(answer.promise.words, 120)}”`,
        answer.promise.by && `by ${day(answer.promise.by, here.today)}`,
        answer.talkOn && `you talk on ${day(answer.talkOn, here.today)}`,
      );
    case 'verified':
      return facts(
        `${SEES[answer.verification.seesValue]}: “${said(answer.verification.words, 120)}”`,
        repairInWords(answer.repair, here),
        heard(answer.needs.length),
        step(answer.next, here, took),
      );
    case 'next':
      return facts(heard(answer.needs.length), step(answer.step, here, took)) || 'To be decided';
    case 'dismissed':
      return facts('Nothing to follow up', answer.returnOn && `back on ${day(answer.returnOn, here.today)}`);
    case 'need_changed':
      return answer.neededOn === undefined ? 'Changed' : `Now by ${day(answer.neededOn, here.today)}`;
    case 'need_dropped':
      return `Dropped: “${said(answer.reason, 120)}”`;
    case 'need_same':
      return 'The same as another need';
    case 'need_taken_up':
      return 'The next order has begun';
    case 'handed_over':
      return took === undefined ? 'Handed to a colleague' : `Handed to ${said(took, 60)}`;
    case 'note':
      return `Noted: “${said(answer.text, 120)}”`;
  }
}

function repairInWords(repair: Repair | undefined, here: Here): string | null {
  if (repair === undefined) return null;
  const on = repair.by === undefined ? null : day(repair.by, here.today);
  if (repair.what === undefined) return on === null ? null : `asked again on ${on}`;
  return `“${said(repair.what, 120)}”${on === null ? '' : ` by ${on}`}`;
}

/** What to say once an answer is kept: what happens next. Always a full sentence, ready for mrkdwn. */
export function afterwards(answer: Answer, prompt: PromptView, next: PromptView | null, here: Here): string {
  const name = said(prompt.account.name, 80);
  if (answer.kind === 'won')
    return `Well done. What did you promise ${name}, and when will you talk about it?`;
  const begins = answer.kind === 'need_taken_up' || isBeginning(nextStepOf(answer));
  const begun = begins ? `The next order with ${name} has begun. ` : '';
  if (next === null) return begins ? begun.trim() : `It stays with ${name}.`;
  const on = localDate(here.timeZone, next.dueAt);
  const dated = day(on, here.today);
  if (next.question === 'return') return `${begun}On ${dated} you come back to ${name}.`;
  return on <= here.today
    ? `${begun}Next: “${questionText(next.question, name)}”`
    : `${begun}On ${dated} I'll ask ${asked(next.question, name)}.`;
}

function isBeginning(step: NextStep | undefined): boolean {
  return step !== undefined && step.kind !== 'return';
}

/** A question inside a sentence. */
function asked(question: Exclude<Question, 'return'>, account: string): string {
  switch (question) {
    case 'discover':
      return `what ${account} needs`;
    case 'develop':
      return `what you'll bring to ${account}`;
    case 'deliver':
      return `whether you've asked ${account} for the order`;
    case 'close':
      return `what ${account} answered`;
    case 'promise':
      return `what you promised ${account}`;
    case 'verify':
    case 'promised':
      return `whether ${account} sees it`;
    case 'need':
      return `about what ${account} needs`;
    case 'lost':
      return `why ${account} didn't go ahead`;
    case 'next':
      return `which need comes next at ${account}`;
  }
}

const MOVED: Record<Stage, string> = {
  discover: 'Back to finding needs',
  develop: 'A need was caught',
  deliver: 'It was brought to them',
  close: 'The order was asked for',
  verify: 'The order is in',
  next: 'The value is verified',
};

function heard(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? '1 need heard' : `${count} needs heard`;
}

function step(next: NextStep | undefined, here: Here, took: string | undefined): string | null {
  if (next === undefined) return null;
  if (next.kind === 'return') return `back on ${day(next.on, here.today)}`;
  return took === undefined ? 'the next deal has begun' : `next: “${said(took, 120)}”`;
}
