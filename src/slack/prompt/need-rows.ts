import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { HeardNeed } from '../../domain/cycle/need.ts';
import { fromTodayOn, howToWriteMoney, money, needed, readFields } from '../kit/fields.ts';
import { type AboutForm, dateField, hasRoom, type Inputs, input, textField } from '../kit/form.ts';
import { ACTION } from '../kit/ids.ts';
import * as limits from '../kit/limits.ts';
import { plain } from '../kit/text.ts';

/** The needs heard in a conversation, one row each: the client's words, an estimate, and by when. */
export interface HeardRow {
  row: number;
  need: HeardNeed;
}

export function drawNeedRows(about: AboutForm, filled: Inputs, firstIsNeeded = false): types.KnownBlock[] {
  const blocks: types.KnownBlock[] = [];
  for (let row = 0; row < about.rows; row += 1) {
    const ids = rowIds(row);
    const which = about.rows === 1 ? '' : ` (need ${row + 1})`;
    const must = firstIsNeeded && row === 0;
    const words = { label: `What do they need, in their words?${which}`, optional: !must };
    const estimate = {
      label: `What might it be worth?${which}`,
      hint: howToWriteMoney(about.currency),
      optional: true,
    };
    blocks.push(
      input(ids.words, words, textField(filled[ids.words], { lines: true })),
      input(
        ids.estimate,
        estimate,
        textField(filled[ids.estimate], { placeholder: `4,514 ${about.currency}`, max: 40 }),
      ),
      input(ids.on, { label: `By when?${which}`, optional: true }, dateField(filled[ids.on])),
    );
  }
  if (hasRoom(about)) blocks.push(addButton(about.rows));
  return blocks;
}

/** The rows that hold a need, or what to say under which input. Empty rows are no fault. */
export function readNeedRows(
  inputs: Inputs,
  about: AboutForm,
  today: string,
): { heard: HeardRow[] } | { errors: Record<string, string> } {
  const heard: HeardRow[] = [];
  const errors: Record<string, string> = {};
  for (let row = 0; row < about.rows; row += 1) {
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

function toNeed(fields: Record<string, unknown>, ids: ReturnType<typeof rowIds>): HeardNeed {
  return {
    words: fields[ids.words] as string,
    estimate: fields[ids.estimate] as HeardNeed['estimate'],
    neededOn: fields[ids.on] as string | undefined,
  };
}

function addButton(rows: number): types.ActionsBlock {
  return {
    type: 'actions',
    block_id: 'add_need',
    elements: [
      {
        type: 'button',
        action_id: ACTION.addNeed,
        text: plain(rows === 0 ? 'Add a need' : 'Add another need', limits.BUTTON_TEXT),
      },
    ],
  };
}
