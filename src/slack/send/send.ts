import { type types, webApi } from '@slack/bolt';
import type { Log, Person, Sent, Slack } from '../../flow/ports.ts';
import type { BundleView, DigestView } from '../../flow/show/views.ts';
import { slackLogger } from '../connection/logger.ts';
import { METADATA } from '../kit/ids.ts';
import type { Message } from '../kit/text.ts';
import { errorCode, loggable, meaning, repairFor, toBeRepaired } from './errors.ts';
import { readPeople, readPerson } from './person.ts';

export type Client = webApi.WebClient;

/** The renderers are handed in: this file knows how to send, not what. */
export interface Drawing {
  bundle(view: BundleView): Message;
  digest(view: DigestView): Message;
}

export interface SenderOptions {
  token: string;
  /** Where the Web API is; Slack's own address by default. */
  apiUrl?: string | undefined;
  draw: Drawing;
  log: Log;
}

/**
 * One try each, under a time limit (in ms): a client that tries again by itself posts twice. The job queue tries
 * again, and looks first whether Slack has it already.
 */
export const ONE_TRY: webApi.WebClientOptions = {
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
};

/** Slack's clock may differ from ours by as much when a message is looked for. */
const CLOCK_SKEW_SECONDS = 120;
const BLOCK_FAULTS = ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'];

/** What the flow asks of one Slack workspace. Every failure comes back as a `Sent`; look-ups throw. */
export class Sender implements Slack {
  readonly #client: Client;
  readonly #patient: Client;
  readonly #draw: Drawing;
  readonly #log: Log;
  /** Until then nothing is sent in the whole workspace, and why. By the machine's own clock. */
  #pause = { until: 0, error: '' };

  constructor({ token, apiUrl, draw, log }: SenderOptions) {
    const common = { logger: slackLogger(log), ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }) };
    this.#client = new webApi.WebClient(token, { ...common, ...ONE_TRY });
    this.#patient = new webApi.WebClient(token, { ...common, retryConfig: { retries: 5 }, timeout: 10_000 });
    this.#draw = draw;
    this.#log = log;
  }

  async openDm(slackUserId: string): Promise<Sent> {
    return await this.#try('conversations.open', async () => {
      const { channel } = await this.#client.conversations.open({ users: slackUserId });
      if (channel?.id === undefined) throw new Error('conversations.open answered without a channel');
      return { kind: 'sent', channelId: channel.id, ts: '' };
    });
  }

  async sendBundle(channelId: string, bundle: BundleView): Promise<Sent> {
    const metadata = { event_type: METADATA.bundle, event_payload: { bundle_id: bundle.bundleId } };
    const message = this.#draw.bundle(bundle);
    const sent = await this.#post(channelId, message, metadata);
    const slackUserId = bundle.prompts[0]?.rep.slackUserId ?? null;
    if (sent.kind !== 'refused' || sent.error !== 'channel_not_found' || slackUserId === null) return sent;
    const dm = await this.openDm(slackUserId);
    return dm.kind === 'sent' ? await this.#post(dm.channelId, message, metadata) : dm;
  }

  async findBundle(channelId: string, bundleId: string, since: Date): Promise<{ ts: string } | null> {
    return await this.#look(() => this.#find(channelId, bundleId, since));
  }

  async #find(channelId: string, bundleId: string, since: Date): Promise<{ ts: string } | null> {
    const oldest = String(Math.floor(since.getTime() / 1000) - CLOCK_SKEW_SECONDS);
    let cursor: string | undefined;
    do {
      const page = await this.#patient.conversations.history({
        channel: channelId,
        include_all_metadata: true,
        oldest,
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const found = page.messages?.find((message) => bundleOf(message) === bundleId);
      if (found?.ts !== undefined) return { ts: found.ts };
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor !== undefined);
    return null;
  }

  async redrawBundle(channelId: string, ts: string, bundle: BundleView): Promise<Sent> {
    const update = async ({ text, blocks }: Message) =>
      await this.#try('chat.update', async () => {
        await this.#client.chat.update({ channel: channelId, ts, text, blocks });
        return { kind: 'sent', channelId, ts };
      });
    return await this.#orInPlainText(this.#draw.bundle(bundle), update);
  }

  async sendDigest(channelId: string, digest: DigestView): Promise<Sent> {
    const metadata = { event_type: METADATA.digest, event_payload: { digest_id: digest.digestId } };
    return await this.#post(channelId, this.#draw.digest(digest), metadata);
  }

  async people(workspaceId: string): Promise<Person[]> {
    return await this.#look(() => readPeople(this.#patient, workspaceId));
  }

  async person(slackUserId: string, workspaceId: string): Promise<Person | null> {
    return await this.#look(() => readPerson(this.#patient, slackUserId, workspaceId));
  }

  async #post(channel: string, message: Message, metadata: types.MessageMetadata): Promise<Sent> {
    const post = async ({ text, blocks }: Message) =>
      await this.#try('chat.postMessage', async () => {
        const posted = await this.#client.chat.postMessage({
          channel,
          text,
          blocks,
          metadata,
          unfurl_links: false,
          unfurl_media: false,
        });
        if (posted.ts === undefined) throw new Error('chat.postMessage answered without a ts');
        return { kind: 'sent', channelId: posted.channel ?? channel, ts: posted.ts };
      });
    return await this.#orInPlainText(message, post);
  }

  /** A fault of ours in the blocks must not keep the question from the rep: the words go without them. */
  async #orInPlainText(message: Message, send: (message: Message) => Promise<Sent>): Promise<Sent> {
    const sent = await send(message);
    if (sent.kind !== 'refused' || !BLOCK_FAULTS.includes(sent.error)) return sent;
    this.#log.error(
      { error: sent.error, blocks: message.blocks },
      'Slack refused the blocks; sent plain text',
    );
    return await send({ text: message.text, blocks: [] });
  }

  /** Look-ups have limits of their own: only a token that is good for nothing stops them. */
  async #look<T>(call: () => Promise<T>): Promise<T> {
    const error = this.#paused()?.error ?? null;
    if (repairFor(error) !== null) throw new Error(`Slack is not asked before this is repaired: ${error}`);
    try {
      return await call();
    } catch (refusal) {
      this.#needsRepair(refusal);
      throw refusal;
    }
  }

  #needsRepair(refusal: unknown): boolean {
    const error = errorCode(refusal);
    if (error === null || repairFor(error) === null) return false;
    this.awaitRepair(error);
    return true;
  }

  /** The token no longer opens anything: one line in the log, however many messages meet it, and a pause for all. */
  awaitRepair(error: string): void {
    const isKnown = repairFor(this.#paused()?.error ?? null) !== null;
    this.#pauseFor(toBeRepaired(error));
    if (isKnown) return;
    this.#log.error({ error }, `${repairFor(error) ?? error}. Nothing is sent until then, and all is kept`);
  }

  #pauseFor({ error, afterSeconds }: { error: string; afterSeconds: number }): void {
    this.#pause = { until: performance.now() + afterSeconds * 1000, error };
  }

  #paused(): (Sent & { kind: 'later' }) | null {
    const { until, error } = this.#pause;
    const afterSeconds = Math.ceil((until - performance.now()) / 1000);
    return afterSeconds > 0 ? { kind: 'later', error, afterSeconds } : null;
  }

  async #try(method: string, call: () => Promise<Sent>): Promise<Sent> {
    const paused = this.#paused();
    if (paused !== null) return paused;
    try {
      return await call();
    } catch (error) {
      const not = meaning(error);
      if (this.#needsRepair(error)) return not;
      if (not.kind === 'later' && not.error === 'ratelimited') this.#pauseFor(not);
      this.#log.warn({ method, meaning: not.kind, ...loggable(error) }, 'Slack did not take a message');
      return not;
    }
  }
}

function bundleOf(message: { metadata?: { event_type?: string; event_payload?: object } }): unknown {
  const { event_type, event_payload } = message.metadata ?? {};
  return event_type === METADATA.bundle ? (event_payload as { bundle_id?: unknown }).bundle_id : undefined;
}

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
