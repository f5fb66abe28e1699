import { localDate } from '../../domain/asking/workday.ts';
import type { NeedOutcome } from '../../domain/cycle/need.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Changed } from '../../flow/corrections/change-answer.ts';
import type { ChangedNeed } from '../../flow/corrections/change-need.ts';
import type { Undoable } from '../../flow/corrections/find-undoable.ts';
import type { PutBack } from '../../flow/corrections/put-back.ts';
import type { Undone } from '../../flow/corrections/undo.ts';
import type { EngagementView, PromptView, ToldView } from '../../flow/show/views.ts';
import { context, day, facts, type Message, onDay, said, section, sentence } from '../kit/text.ts';
import { answerInWords } from '../prompt/outcome.ts';
import { questionText } from '../prompt/question.ts';
import type { Here } from '../prompt/why.ts';
import {
  hangingButtons,
  partClientButton,
  putBackButton,
  takeBackOrderButton,
  undoButton,
} from './buttons.ts';
import { isChangeable } from './change-form.ts';

/** More of what hangs on something is only counted. */
const LISTED_AT_MOST = 10;

const NOTHING_TOLD = 'There is nothing of yours to take back.';
const TAKEN_BACK = 'That is taken back already.';
export const NOT_SAVED =
  "I couldn't keep this just now. Your text is still here: press Save once more in a moment.";
const NOT_THEIRS = 'Whoever told me that, or who leads them, can take it back.';

/** What would be taken back, with a button that does it; what hangs on it comes first. */
export function undoableMessage(found: Undoable, now: Date): Message {
  if (found.kind === 'nothing') return sentence(NOTHING_TOLD);
  if (found.kind === 'not_theirs') return sentence(NOT_THEIRS);
  if (found.kind === 'join') return joinMessage(found);
  const { told } = found;
  if (isHungOn(told)) return hangingMessage(told, now);
  const text = `The last you told me: ${toldInWords(told, hereOf(told, now))}`;
  return {
    text,
    blocks: [
      section(text),
      undoButton(
        told.factId,
        told.account?.name ?? null,
        told.what.kind === 'answer' && isChangeable(told.what.answer),
      ),
    ],
  };
}

/** That two clients, or two orders, are one or two, with a button that takes it back. */
function joinMessage({ joinId, clients, isSame }: Extract<Undoable, { kind: 'join' }>): Message {
  if (clients === null) {
    const text = `The last you told me: that ${isSame ? 'two orders are one' : 'these are two orders'}.`;
    return { text, blocks: [section(text), takeBackOrderButton(joinId)] };
  }
  const [one, other] = clients.map((name) => `*${said(name, 80)}*`);
  const text = `The last you told me: that ${one} is the same client as ${other}.`;
  return { text, blocks: [section(text), partClientButton(joinId)] };
}

/** What became of a click on "Undo". */
export function undoneMessage(undone: Undone, now: Date): Message {
  if (undone.kind === 'nothing') return sentence(TAKEN_BACK);
  if (undone.kind === 'not_theirs') return sentence(NOT_THEIRS);
  const { told } = undone;
  if (undone.kind === 'hangs') return hangingMessage(told, now);
  const text = `Taken back: ${toldInWords(told, hereOf(told, now))}\n${whatNow(undone.next)}`;
  const again = undone.undoId === null ? [] : [putBackButton(undone.undoId)];
  return { text, blocks: [section(text), ...again] };
}

export function putBackMessage(back: PutBack, now: Date): Message {
  if (back.kind === 'nothing') return sentence('That stands already.');
  if (back.kind === 'not_theirs') return sentence(NOT_THEIRS);
  return sentence(
    `It stands again: ${toldInWords(back.told, hereOf(back.told, now))}\n${whatNow(back.next)}`,
  );
}

/** What is said once an answer was changed. */
export function changedMessage(changed: Changed, now: Date): string {
  if (changed.kind === 'nothing') return TAKEN_BACK;
  if (changed.kind === 'not_theirs') return NOT_THEIRS;
  const { told, next } = changed;
  const asked = next === null ? '' : `\nNext: “${questionText(next.question, said(next.account.name, 80))}”`;
  return `Now it reads: ${toldInWords(told, hereOf(told, now))}${asked}`;
}

/** What is said once a need was changed, dropped, or called the same as another; with a button that undoes it. */
export function needChangedMessage(changed: ChangedNeed, today: string): Message {
  if (changed.kind === 'nothing')
    return sentence('That need is gone, or a deal has begun from it meanwhile.');
  if (changed.kind === 'not_theirs') return sentence(NOT_THEIRS);
  const { need, account, factId } = changed;
  const line = facts(
    `“${said(need.words, 150)}”`,
    need.estimate && `about ${said(formatMoney(need.estimate), 40)}`,
    need.neededOn && `by ${day(need.neededOn, today)}`,
  );
  const text = `${NEED_NOW[need.outcome]} for *${said(account, 80)}*: ${line}`;
  return { text, blocks: [section(text), undoButton(factId, account)] };
}

const NEED_NOW: Record<NeedOutcome, string> = {
  open: 'It stands open',
  dropped: 'I no longer offer it',
  same: 'It counts as the other one',
  taken_up: 'A deal has begun from it',
};

/** What hangs on something is listed before anything goes: whoever asks says what is to become of it. */
function hangingMessage(told: ToldView, now: Date): Message {
  const here = hereOf(told, now);
  const lead = `${toldInWords(told, here)}\nSince then, this came of it:`;
  const lines = [
    ...told.hangs.engagements.map((engagement) => `• the deal ${dealInWords(engagement)}`),
    ...told.hangs.answers.map(({ answer, by, at }) => {
      const when = onDay(localDate(here.timeZone, at), here.today);
      return `• ${facts(answerInWords(answer, here), `${said(by, 60)}, ${when}`)}`;
    }),
  ];
  const hidden = lines.length - LISTED_AT_MOST;
  const listed = lines.slice(0, LISTED_AT_MOST).join('\n');
  return {
    text: `${lead}\n${listed}`,
    blocks: [
      section(`${lead}\n${listed}`),
      ...(hidden > 0 ? [context(`and ${hidden} more`)] : []),
      hangingButtons(told.factId, told.hangs.engagements.length > 0),
    ],
  };
}

function isHungOn({ hangs }: ToldView): boolean {
  return hangs.answers.length > 0 || hangs.engagements.length > 0;
}

/** "*Acme* · GTX Pro · Won, 7,600 USD · Ana, today". */
export function toldInWords({ what, account, engagement, by, at }: ToldView, here: Here): string {
  const amount = engagement?.amount ?? null;
  const order = facts('The order', amount && said(formatMoney(amount), 40));
  return facts(
    account && `*${said(account.name, 80)}*`,
    engagement?.name && said(engagement.name, 80),
    what.kind === 'answer' ? answerInWords(what.answer, here, what.took) : order,
    `${said(by, 60)}, ${onDay(localDate(here.timeZone, at), here.today)}`,
  );
}

function dealInWords({ name, amount }: EngagementView): string {
  return facts(
    name === null ? 'without a name' : `“${said(name, 80)}”`,
    amount && said(formatMoney(amount), 40),
  );
}

function whatNow(next: PromptView | null): string {
  if (next === null) return 'There is nothing that I ask about it.';
  return `So I ask as before: “${questionText(next.question, said(next.account.name, 80))}”`;
}

function hereOf({ timeZone }: ToldView, now: Date): Here {
  return { timeZone, today: localDate(timeZone, now) };
}
