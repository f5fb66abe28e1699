import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { HandingOn } from '../../flow/hand-over/find.ts';
import type { HandOverView } from '../../flow/hand-over/views.ts';
import { input, notice, readInputs, textField } from '../kit/form.ts';
import { ACTION, VIEW } from '../kit/ids.ts';
import { PLACEHOLDER, VIEW_TITLE } from '../kit/limits.ts';
import { type Message, plain, section } from '../kit/text.ts';
import type { Here } from '../prompt/why.ts';
import { button } from './message.ts';
import { askedSentence, BUTTON, FORM, formLead, WHY_NOT, waitsSentence } from './sentences.ts';

const LINE_LENGTH = 300;
const about = z.object({ engagementId: z.guid() });

/** The form that asks who takes a deal on; who is asked already; or why nobody can be. */
export function handOverForm(found: HandingOn, engagementId: string, here: Here): types.ModalView {
  if (found.kind === 'refused') return notice(FORM.title, [section(WHY_NOT[found.why])]);
  if (found.kind === 'waits') return notice(FORM.title, waitsMessage(found.handOver, here).blocks);
  return {
    type: 'modal',
    callback_id: VIEW.handOver,
    private_metadata: JSON.stringify({ engagementId }),
    title: plain(FORM.title, VIEW_TITLE),
    submit: plain(FORM.submit, VIEW_TITLE),
    close: plain('Close', VIEW_TITLE),
    blocks: [
      section(formLead(found)),
      input(
        'to',
        { label: FORM.who },
        { type: 'users_select', action_id: 'value', placeholder: plain(FORM.pick, PLACEHOLDER) },
      ),
      input(
        'line',
        { label: FORM.line, hint: FORM.lineHint, optional: true },
        textField(undefined, { lines: true, max: LINE_LENGTH }),
      ),
    ],
  };
}

/** Null for what no form of ours carries. */
export function readAboutHandOver(privateMetadata: string): { engagementId: string } | null {
  try {
    return about.safeParse(JSON.parse(privateMetadata)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Whom somebody picked, and what they wrote to them. */
export function readHandOverForm(values: unknown): { to: string | undefined; line: string | undefined } {
  const { to, line } = readInputs(values);
  return { to, line };
}

/** Said once somebody is asked, with the way back. */
export function askedMessage(handOver: HandOverView): Message {
  return withWithdraw(askedSentence(handOver), handOver);
}

function waitsMessage(handOver: HandOverView, here: Here): Message {
  return withWithdraw(waitsSentence(handOver, here), handOver);
}

function withWithdraw(text: string, { handOverId }: HandOverView): Message {
  const withdraw = button(ACTION.withdrawHandOver, BUTTON.withdraw, handOverId);
  return { text, blocks: [section(text), { type: 'actions', elements: [withdraw] }] };
}
