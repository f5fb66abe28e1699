import type { types } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import { formatMoney, type Money } from '../../domain/money.ts';
import type { AccountView, NeedView, TurnView } from '../../flow/show/views.ts';
import { changeNeedButton, toldMenu } from '../corrections/buttons.ts';
import { joinActions, joinedBlocks } from '../joins/account-joins.ts';
import { HEADER_TEXT, MESSAGE_TEXT } from '../kit/limits.ts';
import { SEES } from '../kit/sees.ts';
import {
  clip,
  context,
  day,
  dayOf,
  divider,
  facts,
  fitRows,
  link,
  type Message,
  oneLine,
  plain,
  said,
  section,
} from '../kit/text.ts';
import { askable, doorQuestion, waiting } from './board.ts';
import { andMore, listBlocks } from './list-blocks.ts';

const MOST_NEXT = 3;
/** Needs that can be changed right there, the latest ones. */
const MOST_NEEDS = 6;

/**
 * The story of an account: the turns of the cycle, oldest first, each with its close, the value in the client's
 * words and the need it grew from; the needs heard and what became of them; and what's next, with its date.
 */
export function accountMessage(view: AccountView): Message {
  const today = localDate(view.timeZone, view.now);
  const head: types.KnownBlock[] = [
    { type: 'header', text: plain(view.account.name, HEADER_TEXT) },
    context(summary(view)),
    ...joinedBlocks(view, today),
  ];
  const tail = [
    ...needsBlocks(view, today),
    ...notesBlocks(view, today),
    divider,
    ...nextBlocks(view),
    joinActions(view),
  ];
  const rows = view.turns.map((turn, index) => turnRow(turn, view.totalTurns - index, view, today));
  const { shown } = fitRows(rows, [
    ...head,
    context(`The story so far, ${andMore(view.totalTurns)} earlier`),
    ...tail,
  ]);
  const earlier = view.totalTurns - shown.length;
  const lead = earlier > 0 ? [context(earlier === 1 ? 'One earlier deal' : `${earlier} earlier deals`)] : [];
  return {
    text: clip([said(view.account.name, 80), summary(view), ...nextLines(view)].join('\n'), MESSAGE_TEXT),
    blocks: [...head, ...lead, ...shown.reverse().flat(), ...tail],
  };
}

function summary(view: AccountView): string {
  if (view.totalTurns === 0) return 'No deal yet';
  const turns = view.totalTurns === 1 ? 'One deal' : `${view.totalTurns} deals`;
  const { count, amounts } = view.won;
  const sum = amounts.length === 0 ? '' : `: ${said(moneyList(amounts), 300)}`;
  return facts(turns, count > 0 && `${count} won${sum}`);
}

/** Amounts of different currencies stand beside each other: they are never added up. */
export function moneyList(amounts: readonly Money[]): string {
  return amounts.map(formatMoney).join(' and ');
}

function turnRow(turn: TurnView, number: number, view: AccountView, today: string): types.KnownBlock[] {
  const title = facts(
    `*${number}. ${turn.name === null ? 'Deal' : said(turn.name, 80)}*`,
    said(turn.owner, 60),
    turn.url && link(turn.url, 'Open in CRM'),
  );
  const lines = [
    title,
    turn.grewFrom !== null && grewFrom(turn, turn.grewFrom, view),
    outcome(turn, view.timeZone, today),
    ...valueLines(turn, today),
    turn.ending === 'continued' && `It led on to ${dealNumber(view, (next) => next.parentId === turn.id)}.`,
    turn.ending === 'returned' && 'A date to come back was agreed.',
  ];
  const { answerId = null, orderId = null } = turn.told ?? {};
  const menu = toldMenu(answerId, orderId, turn.ending === null ? turn.id : null);
  return [section(lines.filter((line) => line !== false && line !== '').join('\n'), menu)];
}

/** An engagement that no deal has renamed is called by its need: that is not said twice. */
function grewFrom({ name, parentId }: TurnView, words: string, view: AccountView): string {
  const need = name !== null && oneLine(name) === oneLine(words) ? 'this need' : `“${said(words, 150)}”`;
  if (parentId === null) return `Grew from ${need}`;
  return `Grew from ${need}, heard in ${dealNumber(view, (turn) => turn.id === parentId)}`;
}

/** "deal 2"; one that is not among the latest turns has no number here. */
function dealNumber(view: AccountView, is: (turn: TurnView) => boolean): string {
  const index = view.turns.findIndex(is);
  return index < 0 ? 'another deal' : `deal ${view.totalTurns - index}`;
}

/** How the engagement went, or where it stands. */
function outcome(turn: TurnView, timeZone: string, today: string): string {
  const on = (at: Date | null) => (at === null ? '' : ` on ${dayOf(at, timeZone, today)}`);
  const amount = turn.amount === null ? '' : ` ${said(formatMoney(turn.amount), 40)}`;
  if (turn.ending === 'lost') {
    const reason = turn.lostReason === null ? '' : `: “${said(turn.lostReason, 150)}”`;
    return `Not this time${on(turn.endedAt)}${reason}`;
  }
  if (turn.ending === 'deleted') return `Its deal was deleted${on(turn.endedAt)}`;
  if (turn.wonAt !== null) return `Won${amount}${on(turn.wonAt)}`;
  return facts(`Open since ${dayOf(turn.openedAt, timeZone, today)}`, amount.trim());
}

function valueLines(turn: TurnView, today: string): string[] {
  const { verification } = turn;
  if (verification === null) {
    const open = turn.wonAt !== null && turn.ending === null && turn.verifiedAt === null;
    return open ? ['The value is yet to be confirmed.'] : [];
  }
  const { who, seesValue, words, measure, promised, heldOn } = verification;
  const measured = measure && `${said(measure.value, 30)} ${said(measure.unit, 60)}`;
  return [
    `${SEES[seesValue]}: “${said(words, 250)}”`,
    facts(measured && `*${measured}*`, who !== null && said(who, 60), day(heldOn, today)),
    promised === null ? '' : `Promised: ${said(promised, 150)}`,
  ];
}

function needsBlocks(view: AccountView, today: string): types.KnownBlock[] {
  if (view.needs.length === 0) return [];
  const shown = view.needs.filter(({ outcome }) => outcome !== 'taken_up').slice(-MOST_NEEDS);
  const others = view.needs.filter((need) => !shown.includes(need));
  const rows = shown.map((need) => section(needLine(need, view, today), changeNeedButton(need.id)));
  const lines = others.map((need) => `• ${needLine(need, view, today)}`);
  return [...(lines.length === 0 ? [section('*Needs heard*')] : listBlocks('*Needs heard*', lines)), ...rows];
}

function needLine(need: NeedView, view: AccountView, today: string): string {
  return facts(
    `“${said(need.words, 150)}”`,
    need.estimate && `about ${said(formatMoney(need.estimate), 40)}`,
    need.neededOn && `by ${day(need.neededOn, today)}`,
    became(need, view),
    need.link && link(need.link, 'where they said it'),
  );
}

/** What became of a need: the turn that grew from it, where that can be told. */
function became(need: NeedView, view: AccountView): string {
  if (need.outcome === 'open') return 'open';
  if (need.outcome === 'dropped') return 'let go';
  if (need.outcome === 'same') return 'the same as another';
  const grew = view.turns.some((turn) => turn.grewFrom === need.words);
  return grew ? `became ${dealNumber(view, (turn) => turn.grewFrom === need.words)}` : 'taken up';
}

function notesBlocks(view: AccountView, today: string): types.KnownBlock[] {
  if (view.notes.length === 0) return [];
  const lines = view.notes.map((note) =>
    facts(`• ${said(note.text, 250)}`, said(note.by, 60), dayOf(note.at, view.timeZone, today)),
  );
  return listBlocks('*Notes*', lines);
}

function nextBlocks(view: AccountView): types.KnownBlock[] {
  if (view.next.length === 0) return [section("*What's next?* Nothing is planned yet.")];
  const lines = nextLines(view);
  const rows = view.next
    .slice(0, MOST_NEXT)
    .map((door, index) =>
      askable(door.promptId, `${index === 0 ? "*What's next?*\n" : ''}${lines[index]}`, view.account.name),
    );
  const hidden = view.next.length - rows.length;
  return hidden > 0 ? [...rows, context(andMore(hidden))] : rows;
}

function nextLines(view: AccountView): string[] {
  const name = said(view.account.name, 80);
  return view.next.map((door) => {
    const when = facts(waiting(door, view.timeZone, view.now), said(door.rep, 60));
    return `${doorQuestion(door, name, view.now)}\n${when}`;
  });
}
