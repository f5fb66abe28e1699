import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { HeardNeed } from '../../domain/cycle/need.ts';
import { fromTodayOn, howToWriteMoney, money, needed, readFields } from '../kit/fields.ts';
import {
  type AboutForm,
  dateField,
  FIRST_PAGE,
  type Inputs,
  input,
  pageButtons,
  textField,
} from '../kit/form.ts';
import { oneLine } from '../kit/text.ts';

/** Needs that one form holds: a page for each, for a page has five inputs at most. */
const MOST_NEEDS = 5;
const PAGE = /^need:(\d)$/;

/** The needs heard in a conversation: the client's words, an estimate, and by when. `row` counts from 0. */
export interface HeardRow {
  row: number;
  need: HeardNeed;
}

/** The page of a need; null for the other pages of a form. */
export function needPage(about: AboutForm, filled: Inputs): types.KnownBlock[] | null {
  const row = rowOfPage(about.page);
  if (row === null) return null;
  return [...drawNeed(about, filled, row), ...pageButtons([BACK, ...anotherNeed(filled, row)])];
}

export const BACK = { page: FIRST_PAGE, text: 'Back' };

/** The way to a page for one more need, while there is room; `on`: the one that is on screen. */
export function anotherNeed(filled: Inputs, on?: number): { page: string; text: string }[] {
  const row = rows().find((one) => one !== on && filled[rowIds(one).words] === undefined);
  if (row === undefined) return [];
  return [{ page: `need:${row}`, text: row === 0 ? 'Add a need you heard…' : 'Add another need…' }];
}

/** On which page a need's inputs stand; null for inputs of anything else. */
export function pageOfNeed(blockId: string): string | null {
  const row = /^need_(\d)_/.exec(blockId)?.[1];
  return row === undefined ? null : `need:${row}`;
}

export function drawNeed(
  about: AboutForm,
  filled: Inputs,
  row: number,
  isNeeded = false,
): types.KnownBlock[] {
  const ids = rowIds(row);
  const estimate = {
    label: 'What might it be worth?',
    hint: howToWriteMoney(about.currency),
    optional: true,
  };
  const placeholder = `4,514 ${about.currency}`;
  return [
    input(
      ids.words,
      { label: 'What do they need, in their words?', optional: !isNeeded },
      textField(filled[ids.words], { lines: true }),
    ),
    input(ids.estimate, estimate, textField(filled[ids.estimate], { placeholder, max: 40 })),
    input(ids.on, { label: 'By when?', optional: true }, dateField(filled[ids.on])),
  ];
}

/** What was heard, as far as it is typed: for choosing what begins next. */
export function heardSoFar(filled: Inputs): { row: number; words: string }[] {
  return rows().flatMap((row) => {
    const words = filled[rowIds(row).words];
    return words === undefined ? [] : [{ row, words: oneLine(words) }];
  });
}

/** The needs that are typed, or what to say under which input. Empty rows are no fault. */
export function readNeedRows(
  inputs: Inputs,
  about: AboutForm,
  today: string,
): { heard: HeardRow[] } | { errors: Record<string, string> } {
  const heard: HeardRow[] = [];
  const errors: Record<string, string> = {};
  for (const row of rows()) {
    const ids = rowIds(row);
    if (Object.values(ids).every((id) => inputs[id] === undefined)) continue;
    const read = readFields(
      z.object({
        [ids.words]: needed('What do they need? A few words are enough.'),
        [ids.estimate]: money(about.currency).optional(),
        [ids.on]: fromTodayOn(today).optional(),
      }),
      inputs,
    );
    if ('errors' in read) Object.assign(errors, read.errors);
    else heard.push({ row, need: toNeed(read.fields, ids) });
  }
  return Object.keys(errors).length === 0 ? { heard } : { errors };
}

export function rowIds(row: number): { words: string; estimate: string; on: string } {
  return { words: `need_${row}_words`, estimate: `need_${row}_estimate`, on: `need_${row}_on` };
}

function rows(): number[] {
  return Array.from({ length: MOST_NEEDS }, (_, row) => row);
}

function rowOfPage(page: string): number | null {
  const row = Number(PAGE.exec(page)?.[1] ?? Number.NaN);
  return row < MOST_NEEDS ? row : null;
}

function toNeed(fields: Record<string, unknown>, ids: ReturnType<typeof rowIds>): HeardNeed {
  return {
    words: fields[ids.words] as string,
    estimate: fields[ids.estimate] as HeardNeed['estimate'],
    neededOn: fields[ids.on] as string | undefined,
  };
}
