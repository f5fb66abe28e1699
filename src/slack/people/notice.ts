import type { NoticeView } from '../../flow/show/views.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { day, type Message, plain, said, section, sentence } from '../kit/text.ts';

/** A word to a rep about somebody who goes away, or is back. */
export function noticeMessage({ kind, about, on, today, isAway }: NoticeView): Message {
  const who = about.slackUserId === null ? said(about.name, 60) : `<@${about.slackUserId}>`;
  switch (kind) {
    case 'asked_to_stand_in': {
      const until = on === null ? '' : ` until ${day(on, today)}`;
      const text = `${who} is away${until} and asked you to look after what can't wait: closes, and days that were named. I'll put those questions to you, and the rest waits for them.`;
      return { text, blocks: [section(text, declineButton(about.repId))] };
    }
    case 'stand_in_declined':
      return sentence(
        isAway
          ? `${who} can't look after your clients while you're away. I've kept everything, and asked nobody. \`/whatsnext away\` names somebody else.`
          : `${who} couldn't look after your clients while you were away. I've kept everything, and asked nobody.`,
      );
    case 'stand_in_over':
      return sentence(`${who} is looking after things again. Thank you for standing in.`);
  }
}

function declineButton(awayRepId: string) {
  return {
    type: 'button' as const,
    action_id: ACTION.declineStandIn,
    value: awayRepId,
    text: plain("I'd rather not", BUTTON_TEXT),
  };
}
