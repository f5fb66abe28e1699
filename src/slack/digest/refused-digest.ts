import type { RefusedDigestView } from '../../flow/show/views.ts';
import { type Message, said, sentence } from '../kit/text.ts';

/** What whoever subscribed reads when Slack does not take their channel's digest: why, and what to do about it. */
export function refusedDigestMessage({ channelId, refusedFor }: RefusedDigestView): Message {
  const channel = `<#${said(channelId, 30)}>`;
  return sentence(
    `I couldn't post the digest in ${channel}: ${whyIn(refusedFor)} Nothing of it is lost: the next digest there tells it all. To end it, type \`/whatsnext digest off\` in that channel.`,
  );
}

function whyIn(refusedFor: string): string {
  switch (refusedFor) {
    case 'not_in_channel':
    case 'channel_not_found':
      return "I'm not in that channel any more. Invite me again with `/invite`, and I go on by myself.";
    case 'is_archived':
      return 'the channel is archived. Bring it back, and I go on by myself.';
    case 'restricted_action':
    case 'restricted_action_read_only_channel':
    case 'restricted_action_thread_only_channel':
    case 'restricted_action_non_threadable_channel':
      return 'not everybody may write there. Let me, and I go on by myself.';
    default:
      return "Slack didn't take it there. I'll try again with the next one.";
  }
}
