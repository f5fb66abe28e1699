import type { App, BlockAction, types } from '@slack/bolt';
import { NOT_USEFUL, type NotUseful, SLOWED_DAYS } from '../../domain/asking/not-useful.ts';
import { notUseful } from '../../flow/answers/not-useful.ts';
import type { Flow } from '../../flow/ports.ts';
import { showPrompt } from '../../flow/show/show-prompt.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { GONE, hereIn, NOT_YOURS, readClick } from '../kit/click.ts';
import { ACTION, promptBlock } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { type Message, plain, said, section, sentence } from '../kit/text.ts';
import type { Client } from '../send/send.ts';
import { drawOne } from './prompt.ts';

const REASONS: Record<NotUseful, string> = {
  wrong_client: 'Wrong client',
  wrong_time: 'Wrong time',
  already_done: 'Already done',
  not_mine: 'Not mine',
};

type Tell = (
  flow: Flow,
  client: Client,
  click: NonNullable<ReturnType<typeof readClick>>,
  said: Message,
) => Promise<void>;

/** The reasons why a question was of no use, one button each. */
export function registerNotUseful(app: App, flow: Flow, tell: Tell): void {
  for (const reason of NOT_USEFUL) {
    app.action<BlockAction>(`${ACTION.notUseful}:${reason}`, async ({ body, context, client, ack }) => {
      const click = readClick(body, context);
      if (click === null) return;
      const isNoted = await notUseful(flow, { ...click, reason });
      const found = await showPrompt(flow, click);
      await ack();
      if (!isNoted || found.kind !== 'shown')
        return await tell(flow, client, click, found.kind === 'gone' ? GONE : NOT_YOURS);
      await tell(flow, client, click, notedMessage(reason, found.prompt, flow));
    });
  }
}

/** What was wrong with a question? */
export function askWhyNot(promptId: string): Message {
  const text = 'What was wrong with it?';
  const elements = NOT_USEFUL.map((reason) => button(`${ACTION.notUseful}:${reason}`, REASONS[reason]));
  return {
    text,
    blocks: [section(text), { type: 'actions', block_id: promptBlock(promptId, 'not_useful'), elements }],
  };
}

/** What follows from it. */
function notedMessage(reason: NotUseful, prompt: PromptView, flow: Flow): Message {
  const name = said(prompt.account.name, 80);
  switch (reason) {
    case 'wrong_client': {
      const text = `Then let's put right who *${name}* is. Is it the same client as another?`;
      const same = { ...button(ACTION.sameClient, 'Same client as…'), value: prompt.account.id };
      return { text, blocks: [section(text), { type: 'actions', elements: [same] }] };
    }
    case 'wrong_time':
      return sentence(
        `Thank you. For the next ${SLOWED_DAYS} days I wait twice as long before I ask you this kind of question.`,
      );
    case 'already_done': {
      const { text, blocks } = drawOne(prompt, hereIn(prompt.rep.timeZone, flow));
      const lead = 'Good. Tell me what came of it, and I go on from there:';
      return { text: `${lead} ${text}`, blocks: [section(lead), ...blocks] };
    }
    case 'not_mine': {
      if (prompt.engagement === null)
        return sentence(
          `I'll remember that. Whose *${name}* is comes from your CRM: once it names somebody, I ask them.`,
        );
      const text = `Whose is *${name}*, then? I ask whoever you name, and it stays yours until they take it on.`;
      const hand = { ...button(ACTION.handOver, 'Hand to a colleague…'), value: prompt.engagement.id };
      return { text, blocks: [section(text), { type: 'actions', elements: [hand] }] };
    }
  }
}

function button(actionId: string, text: string): types.Button {
  return { type: 'button', action_id: actionId, text: plain(text, BUTTON_TEXT) };
}
