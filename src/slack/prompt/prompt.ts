import type { types } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import type { BundleView, PromptView } from '../../flow/show/views.ts';
import { undoButton } from '../corrections/buttons.ts';
import { isChangeable } from '../corrections/change-form.ts';
import { toldBlocks } from '../joins/told-order.ts';
import { ACTION, KEEP_ASKING, MORE, promptBlock } from '../kit/ids.ts';
import * as limits from '../kit/limits.ts';
import { named } from '../kit/named.ts';
import {
  clip,
  context,
  divider,
  facts,
  fitRows,
  link,
  type Message,
  mrkdwn,
  onDay,
  plain,
} from '../kit/text.ts';
import { introduction } from './introduction.ts';
import { outcomeLine } from './outcome.ts';
import { askedText } from './question.ts';
import { type Here, whyLine } from './why.ts';

/** Needs offered in one message, in all its prompts together, where so many fit. The form offers them all. */
const NEEDS_IN_MESSAGE = 27;

/** The DM with all the prompts that a rep has due: always within Slack's limits, whatever the names are like. */
export function drawBundle(bundle: BundleView): Message {
  const { prompts } = bundle;
  const head = bundle.introduction === undefined ? [] : introduction(bundle.introduction, bundle.timeZone);
  const { shown, hidden } = fitPrompts(bundle, [...head, waiting(Number.MAX_SAFE_INTEGER)]);
  const more = hidden + Math.max(0, bundle.alsoWaiting);
  const blocks = [...head, ...shown.flat(), ...(more === 0 ? [] : [waiting(more)])];
  const questions = prompts.map((prompt) => askedText(prompt, bundle));
  return { text: clip(questions.join('\n') || 'Nothing waits for you.', limits.MESSAGE_TEXT), blocks };
}

/** As many of the questions as fit beside the frame, with as many needs as they leave room for: one each at least. */
function fitPrompts(bundle: BundleView, frame: types.KnownBlock[]): ReturnType<typeof fitRows> {
  const pickers = bundle.prompts.filter((prompt) => prompt.question === 'next').length;
  for (let needsEach = Math.floor(NEEDS_IN_MESSAGE / Math.max(1, pickers)); ; needsEach -= 1) {
    const rows = bundle.prompts.map((prompt, index) => {
      const row = folded(prompt, bundle) ?? drawPrompt(prompt, bundle, Math.max(1, needsEach));
      return index === 0 ? row : [divider, ...row];
    });
    const fitted = fitRows(rows, frame);
    if (fitted.hidden === 0 || needsEach <= 1) return fitted;
  }
}

/** A question that has a newer message: one line that leads there. Null for one that has none, or is answered. */
function folded(prompt: PromptView, bundle: BundleView): types.KnownBlock[] | null {
  const again = bundle.askedAgain[prompt.promptId];
  if (again === undefined || prompt.state.kind !== 'open') return null;
  const asked = `asked again ${onDay(localDate(bundle.timeZone, again.at), bundle.today)}`;
  return [context(facts(askedText(prompt, bundle), again.link === null ? asked : link(again.link, asked)))];
}

/** A message with one prompt. */
export function drawOne(prompt: PromptView, here: Here): Message {
  return { text: askedText(prompt, here), blocks: drawPrompt(prompt, here) };
}

/** One prompt: the question, why it is asked, and the answers to it; or what became of it. */
export function drawPrompt(
  prompt: PromptView,
  here: Here,
  needsShown = NEEDS_IN_MESSAGE,
): types.KnownBlock[] {
  const outcome = outcomeLine(prompt, here);
  if (outcome !== null) {
    const { state, account } = prompt;
    const line = context(`${askedText(prompt, here)}\n${outcome}`);
    if (state.kind !== 'answered') return [line];
    return [line, undoButton(state.answerId, account.name, isChangeable(state.answer))];
  }
  return [
    {
      type: 'section',
      block_id: promptBlock(prompt.promptId, 'ask'),
      text: mrkdwn([`*${askedText(prompt, here)}*`, whyLine(prompt, here), ...leaving(prompt)].join('\n')),
      accessory: menu(prompt),
    },
    ...toldBlocks(prompt, here),
    {
      type: 'actions',
      block_id: promptBlock(prompt.promptId, 'answers'),
      elements: [...answers(prompt, needsShown), ...goingOn(prompt)].map((it) =>
        named(prompt.account.name, it),
      ),
    },
  ];
}

/** A picker that puts the question off to another day than the one just named. */
export function anotherDay(promptId: string): types.KnownBlock {
  return {
    type: 'actions',
    block_id: promptBlock(promptId, 'another_day'),
    elements: [dayPicker(ACTION.laterOn, 'Another day suits better')],
  };
}

function waiting(count: number): types.KnownBlock {
  return context(
    facts(
      count === 1 ? '1 more can wait' : `${count} more can wait`,
      count === 1 ? '`/whatsnext` shows it' : '`/whatsnext` shows them all',
    ),
  );
}

function answers(prompt: PromptView, needsShown: number): types.ActionsBlockElement[] {
  switch (prompt.question) {
    case 'discover':
      return [
        button(ACTION.caught, 'Caught a need…', 'primary'),
        button(ACTION.later, 'Not yet…'),
        button(ACTION.lost, 'No longer a deal…'),
      ];
    case 'develop':
      return [
        button(ACTION.brought, 'I brought it', 'primary'),
        button(ACTION.bring, 'What will you bring…'),
        dayPicker(ACTION.laterOn, "I'll bring it on…"),
      ];
    case 'deliver':
      return [
        button(ACTION.asked, 'Yes, I asked', 'primary'),
        button(ACTION.won, 'We won…'),
        dayPicker(ACTION.laterOn, 'Not yet, ask me on…'),
        button(ACTION.lost, 'We lost…'),
      ];
    case 'close':
      return [
        button(ACTION.won, 'We won…', 'primary'),
        button(ACTION.lost, 'We lost…'),
        dayPicker(ACTION.laterOn, 'Still waiting, ask me on…'),
      ];
    case 'promise':
      return [
        dayPicker(ACTION.talkOn, "We'll talk about it on…"),
        button(ACTION.promised, 'What did you promise…'),
        button(ACTION.verify, 'They see it already…'),
      ];
    case 'verify':
    case 'promised':
      return [
        button(ACTION.verify, 'What did they say…', 'primary'),
        dayPicker(ACTION.laterOn, 'Not yet, ask me on…'),
      ];
    case 'need':
      return [
        ...(prompt.waitsForRepair ? [] : [button(ACTION.beginNeed, 'Begin the next order…', 'primary')]),
        dayPicker(ACTION.laterOn, 'New date…'),
        button(ACTION.dropNeed, 'Drop it…'),
      ];
    case 'lost':
      return [button(ACTION.lost, 'Say why…', 'primary'), dayPicker(ACTION.laterOn, 'Ask me on…')];
    case 'next':
      return [
        ...needPicker(prompt, needsShown),
        button(ACTION.next, 'Heard another need…'),
        dayPicker(ACTION.comeBack, 'Come back on…'),
      ];
    case 'return':
      return [button(ACTION.next, "What's next…", 'primary'), dayPicker(ACTION.laterOn, 'Come back on…')];
  }
}

/** Only the last ask says so. */
function leaving(prompt: PromptView): string[] {
  return prompt.isRested ? ["I'll leave this with you."] : [];
}

function goingOn(prompt: PromptView): types.StaticSelect[] {
  // A need is asked about on a day, and on no other.
  if (!prompt.isRested || prompt.question === 'need') return [];
  const option = (value: string, text: string) => ({ text: plain(text, limits.OPTION_TEXT), value });
  return [
    {
      type: 'static_select',
      action_id: ACTION.keepAsking,
      placeholder: plain('Or keep asking…', limits.PLACEHOLDER),
      options: [
        option(KEEP_ASKING.weekly, 'Every week'),
        option(KEEP_ASKING.monthly, 'Every month'),
        option(KEEP_ASKING.leave, 'Leave it'),
      ],
    },
  ];
}

function needPicker(prompt: PromptView, needsShown: number): types.StaticSelect[] {
  const open = prompt.needs.filter((need) => need.outcome === 'open').slice(0, needsShown);
  if (prompt.waitsForRepair) return [];
  if (open.length === 0) return [];
  return [
    {
      type: 'static_select',
      action_id: ACTION.begin,
      placeholder: plain('Begin from a need', limits.PLACEHOLDER),
      options: open.map((need) => ({ text: plain(need.words, limits.OPTION_TEXT), value: need.id })),
    },
  ];
}

function menu({ question, waitsForRepair }: PromptView): types.Overflow {
  const entry = (value: string, text: string) => ({ text: plain(text, limits.OPTION_TEXT), value });
  return {
    type: 'overflow',
    action_id: ACTION.more,
    options: [
      entry(MORE.tomorrow, 'Ask me tomorrow'),
      entry(MORE.nextWeek, 'Ask me next week'),
      // A need has a picker for its new date, and Slack takes five entries.
      ...(question === 'need' ? [] : [entry(MORE.anotherDay, 'Ask me on another day…')]),
      ...(question === 'need' && waitsForRepair ? [entry(MORE.beginAnyway, 'Begin anyway…')] : []),
      entry(MORE.why, 'Why am I asked?'),
      entry(MORE.notUseful, 'Not useful…'),
    ],
  };
}

function button(actionId: string, text: string, style?: 'primary'): types.Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(text, limits.BUTTON_TEXT),
    ...(style === undefined ? {} : { style }),
  };
}

function dayPicker(actionId: string, placeholder: string): types.Datepicker {
  return { type: 'datepicker', action_id: actionId, placeholder: plain(placeholder, limits.PLACEHOLDER) };
}
