import type { types } from '@slack/bolt';
import { z } from 'zod';
import { isTimeZone } from '../../domain/asking/workday.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { type Here, whyLine } from '../prompt/why.ts';
import { ACTION } from './ids.ts';
import * as limits from './limits.ts';
import { context, facts, plain, said } from './text.ts';

/** The page that a form opens with. */
export const FIRST_PAGE = 'first';

/** What a form carries with it from opening to submission. */
const aboutForm = z.object({
  promptId: z.guid(),
  /** The rep's zone: by its calendar a day is past or still to come. */
  timeZone: z.string().max(64).refine(isTimeZone),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** The page on screen; the first where none is named. */
  page: z.string().max(20).default(FIRST_PAGE),
  /** Another page was shown before: what is typed there is kept as a draft. */
  isDrafted: z.boolean().default(false),
  /** The need that it is about; `anyway`: though the client waits for a repair. */
  needId: z.guid().optional(),
  anyway: z.boolean().optional(),
});
export type AboutForm = z.infer<typeof aboutForm>;

/** What the inputs hold, by block id; an input left empty is absent. */
export type Inputs = Record<string, string>;

/** An answer as read from a form, or what to say under which input (by block id). */
export type Read = { answer: Answer } | { errors: Record<string, string> };

/** A form is drawn from a prompt, and read back into an answer to it, both page by page and pure. */
export interface Form {
  callbackId: string;
  /** On which page an input stands; without that, all are on the first. */
  pageOf?(blockId: string): string;
  draw(prompt: PromptView, about: AboutForm, here: Here, filled: Inputs): types.ModalView;
  read(inputs: Inputs, about: AboutForm, today: string): Read;
}

export function aboutPrompt(prompt: PromptView): AboutForm {
  const { promptId, currency, rep } = prompt;
  return { promptId, currency, timeZone: rep.timeZone, page: FIRST_PAGE, isDrafted: false };
}

/** Null for what no form of ours carries. */
export function readAbout(privateMetadata: string): AboutForm | null {
  try {
    return aboutForm.safeParse(JSON.parse(privateMetadata)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Buttons that lead to other pages of a form, in a row. What is typed on this one is kept. */
export function pageButtons(pages: readonly { page: string; text: string }[]): types.ActionsBlock[] {
  const elements = pages.map(({ page, text }) => ({
    type: 'button' as const,
    action_id: `${ACTION.page}:${page}`,
    text: plain(text, limits.BUTTON_TEXT),
    value: page,
  }));
  return elements.length === 0 ? [] : [{ type: 'actions', block_id: 'pages', elements }];
}

const entered = z
  .object({
    value: z.string().nullish(),
    selected_date: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
    selected_user: z.string().nullish(),
  })
  .transform(
    (state) =>
      state.value ?? state.selected_date ?? state.selected_option?.value ?? state.selected_user ?? '',
  );
const viewState = z.record(z.string(), z.record(z.string(), entered));

/** The inputs of a view's state; none for what is no view state. */
export function readInputs(values: unknown): Inputs {
  const inputs: Inputs = {};
  for (const [blockId, elements] of Object.entries(viewState.safeParse(values).data ?? {})) {
    const text = Object.values(elements)[0]?.trim() ?? '';
    if (text !== '') inputs[blockId] = text;
  }
  return inputs;
}

/** The form as Slack takes it, under a line that says which account and deal it is about. */
export function modal(
  form: { callbackId: string; title: string; submit?: string },
  prompt: PromptView,
  about: AboutForm,
  here: Here,
  blocks: types.KnownBlock[],
): types.ModalView {
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: JSON.stringify(about),
    title: plain(form.title, limits.VIEW_TITLE),
    submit: plain(form.submit ?? 'Save', limits.VIEW_TITLE),
    close: plain('Close', limits.VIEW_TITLE),
    blocks: [context(facts(`*${said(prompt.account.name, 80)}*`, whyLine(prompt, here))), ...blocks],
  };
}

/** A modal that only shows something: what was kept, or a prompt where there is no conversation to draw it in. */
export function notice(title: string, blocks: types.KnownBlock[]): types.ModalView {
  return {
    type: 'modal',
    title: plain(title, limits.VIEW_TITLE),
    close: plain('Close', limits.VIEW_TITLE),
    blocks,
  };
}

interface InputTexts {
  label: string;
  hint?: string;
  optional?: boolean;
  /** What is chosen changes what is asked next: the form is drawn anew at once. */
  dispatches?: boolean;
}

export function input(
  blockId: string,
  texts: InputTexts,
  element: types.InputBlock['element'],
): types.InputBlock {
  return {
    type: 'input',
    block_id: blockId,
    label: plain(texts.label, limits.LABEL),
    ...(texts.hint === undefined ? {} : { hint: plain(texts.hint, limits.LABEL) }),
    ...(texts.optional === true ? { optional: true } : {}),
    ...(texts.dispatches === true ? { dispatch_action: true } : {}),
    element,
  };
}

/** A text field. What was typed before stays in it. */
export function textField(
  filled: string | undefined,
  options: { placeholder?: string; lines?: boolean; max?: number } = {},
): types.PlainTextInput {
  const max = options.max ?? limits.INPUT_TEXT;
  return {
    type: 'plain_text_input',
    action_id: 'value',
    max_length: max,
    ...(options.lines === true ? { multiline: true } : {}),
    ...(options.placeholder === undefined
      ? {}
      : { placeholder: plain(options.placeholder, limits.PLACEHOLDER) }),
    ...(filled === undefined ? {} : { initial_value: filled.slice(0, max) }),
  };
}

export function dateField(filled: string | undefined): types.Datepicker {
  const initial = filled === undefined ? {} : { initial_date: filled };
  return {
    type: 'datepicker',
    action_id: 'value',
    placeholder: plain('Pick a day', limits.PLACEHOLDER),
    ...initial,
  };
}

export interface Choice {
  text: string;
  value: string;
}

export function radioField(
  choices: Choice[],
  filled: string | undefined,
  actionId = 'value',
): types.RadioButtons {
  return { type: 'radio_buttons', action_id: actionId, ...chosenFrom(choices, filled) };
}

export function selectField(
  choices: Choice[],
  filled: string | undefined,
  placeholder: string,
): types.StaticSelect {
  return {
    type: 'static_select',
    action_id: 'value',
    placeholder: plain(placeholder, limits.PLACEHOLDER),
    ...chosenFrom(choices.slice(0, limits.SELECT_OPTIONS), filled),
  };
}

function chosenFrom(choices: Choice[], filled: string | undefined) {
  const options = choices.map(({ text, value }) => ({ text: plain(text, limits.OPTION_TEXT), value }));
  const initial = options.find((option) => option.value === filled);
  return { options, ...(initial === undefined ? {} : { initial_option: initial }) };
}
