import type { NoRepError } from '../../flow/people/ensure-rep.ts';
import { type Message, sentence } from './text.ts';

/** What is said to a guest or somebody of another company, and to whoever names one, or a bot, as a colleague. */
export function noRepMessage(
  { slackUserId }: NoRepError,
  { slackUserId: reader }: { slackUserId: string },
): Message {
  return sentence(
    slackUserId === reader
      ? "I only know the doors of people who work here, so there's nothing I can show or keep for you. If some are yours, ask your colleagues here to put your e-mail on those deals."
      : `<@${slackUserId}> doesn't work here as far as Slack tells me, so I've changed nothing. Name a colleague of this workspace.`,
  );
}
