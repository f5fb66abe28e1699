import type { App, BlockAction } from '@slack/bolt';
import { z } from 'zod';
import { type KeptNote, keepNote } from '../../flow/answers/keep-note.ts';
import { NoRepError, type Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { showBoard } from '../../flow/show/show-board.ts';
import { answerCommand } from '../command/command.ts';
import { SUBCOMMANDS } from '../command/command-table.ts';
import { helpMessage } from '../command/help.ts';
import { workspaceOf } from '../kit/click.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { noRepMessage } from '../kit/no-rep.ts';
import { type Message, plain, said, section, sentence } from '../kit/text.ts';
import { reply } from '../send/send.ts';
import { choices } from '../typed/ask-back.ts';
import { type News, readNews } from './news.ts';
import { readWritten, type Written } from './written.ts';

/** Clients offered where a note's is unclear. */
const OFFERED = 5;
/** Of what stands open for a rep, as much is looked at to find clients to offer. */
const LOOKED_AT = 30;

/**
 * What a rep writes in the DM is kept, with the account of the message it replies to. What reads like news offers to
 * become it, with one button; what could be of any client asks which.
 */
export function registerNotes(app: App, flow: Flow): void {
  app.event('message', async ({ event, context, client }) => {
    const written = readWritten(event);
    if (written === null) return;
    const { channelId, ts, threadTs, text } = written;
    const place = { channel: channelId, threadTs: threadTs ?? ts };
    if (HELP.test(text)) {
      await reply(client, place, helpMessage(SUBCOMMANDS), flow.log);
      return;
    }
    const answer = await answerNote(flow, { workspaceId: workspaceOf(context), ...written });
    // Slack repeats an event that was acknowledged too late: it is thanked for once.
    if (answer !== null) await reply(client, place, answer, flow.log);
  });
  app.action<BlockAction>(ACTION.news, async ({ body, context, ack, respond }) => {
    const [action] = body.actions;
    const offered = readOffer(action?.type === 'button' ? (action.value ?? '') : '');
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const message =
      offered === null
        ? sentence('That button is from an older version of me. Please write it once more.')
        : await answerCommand(flow, {
            ...who,
            ...offered,
            channelId: body.channel?.id ?? '',
            at: flow.now(),
          });
    await ack();
    await respond({ ...message, response_type: 'ephemeral', replace_original: false });
  });
}

/** Nothing to keep: somebody wants to know what to write. */
const HELP = /^(help|\?)\s*[?!.]*$/i;

async function answerNote(flow: Flow, written: Who & Written): Promise<Message | null> {
  try {
    const kept = await keepNote(flow, written);
    if (kept.again) return null;
    const news = readNews(written.text, kept.account, COMMAND_WORDS);
    if (kept.account !== null || news !== null) return noteMessage(kept, news, written.key);
    return await askWhich(flow, written, kept);
  } catch (error) {
    if (error instanceof NoRepError) return noRepMessage(error, written);
    throw error;
  }
}

const COMMAND_WORDS = SUBCOMMANDS.flatMap(({ words }) => words);

/** What is said to a note: where it went, and what it could be besides. */
export function noteMessage(
  kept: Pick<KeptNote, 'account' | 'isEdit'>,
  news: News | null,
  key: string,
): Message {
  const text = keptWords(kept);
  if (news === null) return sentence(text);
  const value = JSON.stringify({ key: `${key}:news`, text: news.command });
  if (value.length > OFFER) return sentence(text);
  const lead = `${text} ${READS_LIKE[news.kind]}`;
  const button = {
    ...{ type: 'button' as const, action_id: ACTION.news, value },
    text: plain(news.button, BUTTON_TEXT),
  };
  return { text: lead, blocks: [section(lead), { type: 'actions', elements: [button] }] };
}

function keptWords({ account, isEdit }: Pick<KeptNote, 'account' | 'isEdit'>): string {
  const about = account === null ? '' : ` about ${said(account, 80)}`;
  return isEdit ? `I'll remember it${about} as you put it now.` : `I'll remember that${about}.`;
}

const READS_LIKE: Record<News['kind'], string> = {
  won: 'It reads like an order.',
  lost: 'It reads like a no.',
  need: 'It reads like a need.',
  away: "It reads as if you'll be away.",
  back: "It reads as if you're back.",
  undo: 'Was your last answer not right?',
  stop: 'What I ask about them can be changed there.',
  account: 'Here is what I know of them.',
  command: 'It reads like something for me to do.',
};

/** Characters of a button's value. */
const OFFER = 2_000;
const offer = z.object({ key: z.string().min(1).max(255), text: z.string().min(1).max(OFFER) });

function readOffer(value: string): z.infer<typeof offer> | null {
  try {
    return offer.safeParse(JSON.parse(value)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The note could be of any client: those with whom something stands open are offered. */
async function askWhich(flow: Flow, written: Who & Written, kept: KeptNote): Promise<Message> {
  const { workspaceId, slackUserId, key, text } = written;
  const { doors } = await showBoard(flow, { workspaceId, slackUserId, limit: LOOKED_AT });
  const own = [...new Map(doors.map(({ account }) => [account.id, account])).values()].slice(0, OFFERED);
  const lead = `${keptWords(kept)} Which client is it about?`;
  if (own.length === 0)
    return sentence(`${keptWords(kept)} Put the client's name into your message, and it joins their story.`);
  return choices(
    lead,
    own.map(({ id, name }) => ({
      text: name,
      meant: { key: `${key}:of`, client: { id }, said: { do: 'note', text, message: kept.message } },
    })),
  );
}
