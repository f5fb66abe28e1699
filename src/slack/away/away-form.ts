import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Away } from '../../flow/away/go-away.ts';
import type { OwnTimeView } from '../../flow/away/show-own-time.ts';
import { dateField, input } from '../kit/form.ts';
import { VIEW } from '../kit/ids.ts';
import * as limits from '../kit/limits.ts';
import { context, plain } from '../kit/text.ts';

/** From when, until when, and who looks after what can't wait. */
export function awayForm({ away, today }: Pick<OwnTimeView, 'away' | 'today'>): types.ModalView {
  return {
    type: 'modal',
    callback_id: VIEW.away,
    title: plain('Away', limits.VIEW_TITLE),
    submit: plain('Save', limits.VIEW_TITLE),
    close: plain('Close', limits.VIEW_TITLE),
    blocks: [
      input('from', { label: 'Your first day away' }, dateField(away?.from ?? today)),
      input('until', { label: 'The day you are back' }, dateField(away?.until)),
      input(
        'delegate',
        { label: "Who looks after what can't wait?", hint: 'Without anybody it waits too.', optional: true },
        personField(away?.delegate ?? null),
      ),
      context("Closes and days that were named can't wait. Whoever you name hears of it, and may decline."),
    ],
  };
}

export function personField(filled: string | null): types.UsersSelect {
  return {
    type: 'users_select',
    action_id: 'value',
    placeholder: plain('Pick a colleague', limits.PLACEHOLDER),
    ...(filled === null ? {} : { initial_user: filled }),
  };
}

const submitted = z.object({
  from: z.object({ value: z.object({ selected_date: z.iso.date() }) }),
  until: z.object({ value: z.object({ selected_date: z.iso.date() }) }),
  delegate: z.object({ value: z.object({ selected_user: z.string().nullish() }) }),
});

/** What was chosen; null for what no form of ours sends. */
export function readAwayForm(values: unknown): Away | null {
  const read = submitted.safeParse(values);
  if (!read.success) return null;
  const { from, until, delegate } = read.data;
  return {
    from: from.value.selected_date,
    until: until.value.selected_date,
    delegateSlackUserId: delegate.value.selected_user ?? undefined,
  };
}
