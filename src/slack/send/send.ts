import type { types, webApi } from '@slack/bolt';
import type { Log } from '../../flow/ports.ts';
import type { Message } from '../kit/text.ts';
import { errorCode, loggable } from './errors.ts';

export type Client = webApi.WebClient;

/** Where something is said to one person only. */
export interface Place {
  channel: string;
  user: string;
  threadTs?: string | undefined;
}

/**
 * Says something that only that person sees. It follows what is already stored, so a failure is logged and no
 * more; false tells that nobody heard it.
 */
export async function whisper(client: Client, place: Place, message: Message, log: Log): Promise<boolean> {
  const { channel, user, threadTs } = place;
  try {
    const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
    await client.chat.postEphemeral({ channel, user, ...message, ...thread });
    return true;
  } catch (error) {
    log.warn({ channel, ...loggable(error) }, 'An answer to a person did not reach Slack');
    return false;
  }
}

/** Answers in the thread of a message, for good. Failures are logged, as with `whisper`. */
export async function reply(
  client: Client,
  place: { channel: string; threadTs: string },
  message: Message,
  log: Log,
): Promise<boolean> {
  try {
    await client.chat.postMessage({ channel: place.channel, thread_ts: place.threadTs, ...message });
    return true;
  } catch (error) {
    log.warn({ channel: place.channel, ...loggable(error) }, 'A reply did not reach Slack');
    return false;
  }
}

/**
 * Opens a form, on top of the one that was clicked in if there is one. `expired` means that Slack no longer takes
 * the click (it does for three seconds): offer the button again. Throws on every other failure.
 */
export async function openModal(
  client: Client,
  click: { triggerId: string; inModal: boolean },
  view: types.ModalView,
): Promise<'opened' | 'expired'> {
  const opening = { trigger_id: click.triggerId, view };
  try {
    await (click.inModal ? client.views.push(opening) : client.views.open(opening));
    return 'opened';
  } catch (error) {
    const code = errorCode(error);
    if (code === 'expired_trigger_id' || code === 'exchanged_trigger_id') return 'expired';
    throw error;
  }
}

/** Draws an open form anew. `stale` means that it changed meanwhile and its newest state has to be asked for. */
export async function updateModal(
  client: Client,
  open: { viewId: string; hash: string },
  view: types.ModalView,
): Promise<'updated' | 'stale'> {
  try {
    await client.views.update({ view_id: open.viewId, hash: open.hash, view });
    return 'updated';
  } catch (error) {
    if (errorCode(error) === 'hash_conflict' || errorCode(error) === 'not_found') return 'stale';
    throw error;
  }
}

/** Draws a person's App Home. Throws on failure. */
export async function publishHome(client: Client, userId: string, view: types.HomeView): Promise<void> {
  await client.views.publish({ user_id: userId, view });
}
