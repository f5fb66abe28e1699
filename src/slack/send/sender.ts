import { type types, webApi } from '@slack/bolt';
import type { HandOverMessageView } from '../../flow/hand-over/views.ts';
import type { Found, Log, Person, Sent, Slack } from '../../flow/ports.ts';
import type {
  AdminSummaryView,
  BundleView,
  DeskView,
  DigestView,
  NoticeView,
  RefusedDigestView,
} from '../../flow/show/views.ts';
import { slackLogger } from '../connection/logger.ts';
import { METADATA } from '../kit/ids.ts';
import type { Message } from '../kit/text.ts';
import { loggable, meaning } from './errors.ts';
import { findMarked, type Mark } from './find-marked.ts';
import type { Pace } from './pace.ts';
import { paced } from './paced-fetch.ts';
import { orBusy, readPeople, readPerson, readPersonByEmail } from './person.ts';
import { Repair } from './repair.ts';

/** The renderers are handed in: this file knows how to send, not what. */
export interface Drawing {
  bundle(view: BundleView): Message;
  home(view: DeskView): types.HomeView;
  digest(view: DigestView): Message;
  refusedDigest(view: RefusedDigestView): Message;
  adminSummary(view: AdminSummaryView): Message;
  notice(view: NoticeView): Message;
  handOver(view: HandOverMessageView): Message;
}

export interface SenderOptions {
  token: string;
  /** Where the Web API is; Slack's own address by default. */
  apiUrl?: string | undefined;
  draw: Drawing;
  /** Shared by all that calls this workspace's Slack. */
  pace: Pace;
  log: Log;
}

const BLOCK_FAULTS = ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'];
const METHOD_OF = { send: 'chat.postMessage', look: 'conversations.history' } as const;

/** What the flow asks of one Slack workspace. Every failure to send comes back as a `Sent`; look-ups throw. */
export class Sender implements Slack {
  /** For what the flow has waited for its turn with. */
  readonly #inTurn: webApi.WebClient;
  readonly #background: webApi.WebClient;
  /** For what somebody who clicked waits for. */
  readonly #click: webApi.WebClient;
  readonly #draw: Drawing;
  readonly #pace: Pace;
  readonly #log: Log;
  readonly #repair: Repair;

  constructor({ token, apiUrl, draw, pace, log }: SenderOptions) {
    const common = { logger: slackLogger(log), ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }) };
    this.#inTurn = new webApi.WebClient(token, { ...common, ...paced(pace, 'in_turn') });
    this.#background = new webApi.WebClient(token, { ...common, ...paced(pace, 'background') });
    this.#click = new webApi.WebClient(token, { ...common, ...paced(pace, 'person') });
    this.#draw = draw;
    this.#pace = pace;
    this.#log = log;
    this.#repair = new Repair(log);
  }

  async turn(to: keyof typeof METHOD_OF, withinMs: number): Promise<boolean> {
    return await this.#pace.turn(METHOD_OF[to], withinMs);
  }

  async openDm(slackUserId: string): Promise<Sent> {
    return await this.#try('conversations.open', async () => {
      const { channel } = await this.#background.conversations.open({ users: slackUserId });
      if (channel?.id === undefined) throw new Error('conversations.open answered without a channel');
      return { kind: 'sent', channelId: channel.id, ts: '' };
    });
  }

  async sendBundle(to: string, bundle: BundleView): Promise<Sent> {
    const metadata = { event_type: METADATA.bundle, event_payload: { bundle_id: bundle.bundleId } };
    const sent = await this.#post(this.#inTurn, to, this.#draw.bundle(bundle), metadata);
    const isGone = sent.kind === 'refused' && sent.error === 'channel_not_found';
    return isGone ? { kind: 'dm_gone', error: sent.error } : sent;
  }

  async findBundle(channelId: string, bundleId: string, since: Date): Promise<Found> {
    const mark = { type: METADATA.bundle, field: 'bundle_id', id: bundleId };
    return await this.#find(this.#inTurn, channelId, mark, since);
  }

  async redrawBundle(channelId: string, ts: string, bundle: BundleView): Promise<Sent> {
    return await this.#redraw(channelId, ts, this.#draw.bundle(bundle));
  }

  async publishHome(slackUserId: string, home: DeskView): Promise<Sent> {
    return await this.#try<Sent>('views.publish', async () => {
      await this.#background.views.publish({ user_id: slackUserId, view: this.#draw.home(home) });
      return { kind: 'sent', channelId: '', ts: '' };
    });
  }

  async sendDigest(channelId: string, digest: DigestView): Promise<Sent> {
    const metadata = { event_type: METADATA.digest, event_payload: { digest_id: digest.digestId } };
    return await this.#post(this.#inTurn, channelId, this.#draw.digest(digest), metadata);
  }

  async sendRefusedDigest(channelId: string, refused: RefusedDigestView): Promise<Sent> {
    const metadata = { event_type: METADATA.refusedDigest, event_payload: { channel_id: refused.channelId } };
    return await this.#post(this.#background, channelId, this.#draw.refusedDigest(refused), metadata);
  }

  async sendAdminSummary(channelId: string, summary: AdminSummaryView): Promise<Sent> {
    const metadata = { event_type: METADATA.adminSummary, event_payload: { summary_id: summary.summaryId } };
    return await this.#post(this.#background, channelId, this.#draw.adminSummary(summary), metadata);
  }

  async sendNotice(channelId: string, notice: NoticeView): Promise<Sent> {
    const metadata = { event_type: METADATA.notice, event_payload: { notice_id: notice.noticeId } };
    return await this.#post(this.#background, channelId, this.#draw.notice(notice), metadata);
  }

  async sendHandOver(channelId: string, view: HandOverMessageView): Promise<Sent> {
    const metadata = { event_type: METADATA.handOver, event_payload: { message_id: view.messageId } };
    return await this.#post(this.#background, channelId, this.#draw.handOver(view), metadata);
  }

  async findHandOver(channelId: string, messageId: string, since: Date): Promise<Found> {
    const mark = { type: METADATA.handOver, field: 'message_id', id: messageId };
    return await this.#find(this.#background, channelId, mark, since);
  }

  async redrawHandOver(channelId: string, ts: string, view: HandOverMessageView): Promise<Sent> {
    return await this.#redraw(channelId, ts, this.#draw.handOver(view));
  }

  async people(workspaceId: string, cursor: string | null): ReturnType<Slack['people']> {
    return await orBusy(() => this.#repair.look(() => readPeople(this.#background, workspaceId, cursor)));
  }

  async person(slackUserId: string, workspaceId: string): Promise<Person | null> {
    return await this.#repair.look(() => readPerson(this.#click, slackUserId, workspaceId));
  }

  async personByEmail(email: string, workspaceId: string): Promise<Person | null> {
    return await orBusy(() =>
      this.#repair.look(() => readPersonByEmail(this.#background, email, workspaceId)),
    );
  }

  /** Whether Slack is known to take nothing before an admin has repaired it. */
  get needsRepair(): boolean {
    return this.#repair.awaited() !== null;
  }

  /** The token no longer opens anything, and nothing is sent before it does. */
  awaitRepair(error: string): void {
    this.#repair.begin(error);
  }

  async #find(first: webApi.WebClient, channelId: string, mark: Mark, since: Date): Promise<Found> {
    const clients = { first, further: this.#background };
    const looked = await this.#try<Found>('conversations.history', async () => {
      const ts = await findMarked(clients, channelId, mark, since);
      return ts === null ? { kind: 'absent' } : { kind: 'found', ts };
    });
    // A DM that is not there any more holds nothing.
    return looked.kind === 'refused' && looked.error === 'channel_not_found' ? { kind: 'absent' } : looked;
  }

  async #redraw(channelId: string, ts: string, message: Message): Promise<Sent> {
    const update = async ({ text, blocks }: Message) =>
      await this.#try<Sent>('chat.update', async () => {
        await this.#background.chat.update({ channel: channelId, ts, text, blocks });
        return { kind: 'sent', channelId, ts };
      });
    return await this.#orInPlainText(message, update);
  }

  async #post(
    client: webApi.WebClient,
    channel: string,
    message: Message,
    metadata: types.MessageMetadata,
  ): Promise<Sent> {
    const post = async ({ text, blocks }: Message) =>
      await this.#try<Sent>('chat.postMessage', async () => {
        const unfurl = { unfurl_links: false, unfurl_media: false };
        const posted = await client.chat.postMessage({ channel, text, blocks, metadata, ...unfurl });
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

  async #try<T>(method: string, call: () => Promise<T>): Promise<T | ReturnType<typeof meaning>> {
    const awaited = this.#repair.awaited();
    if (awaited !== null) return awaited;
    try {
      return await call();
    } catch (error) {
      const not = meaning(error);
      if (this.#repair.isNeededAfter(error)) return not;
      this.#log.warn({ method, meaning: not.kind, ...loggable(error) }, 'Slack did not take a call');
      return not;
    }
  }
}
