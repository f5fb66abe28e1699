import { z } from 'zod';
import { argumentsFor, flag } from './arguments.ts';
import { changedContent, contentOf, contentShape } from './content.ts';
import { RESPONSE_URL } from './limits.ts';
import type { Echoes } from './message-events.ts';
import { Refusal } from './refusal.ts';
import type { JsonObject } from './types.ts';
import { messageOnWire } from './wire.ts';
import { APP, type Message, type Workspace } from './workspace.ts';

interface ResponseUrl {
  channelId: string;
  userId: string;
  /** The message the person acted on, or that a command's acknowledgement left. */
  source?: { ts: string };
  usesLeft: number;
  expiresAt: number;
}

const shape = {
  ...contentShape,
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: flag,
  delete_original: flag,
  thread_ts: z.string().optional(),
};

/** The addresses that let the app answer for half an hour, even where it is not a member. */
export class ResponseUrls {
  readonly #workspace: Workspace;
  readonly #echoes: Echoes;
  readonly #urls = new Map<string, ResponseUrl>();

  constructor(workspace: Workspace, echoes: Echoes) {
    this.#workspace = workspace;
    this.#echoes = echoes;
  }

  /** @returns the id at the end of the address */
  give(userId: string, channelId: string, source?: { ts: string }): string {
    const id = this.#workspace.ids.next('response-');
    const expiresAt = this.#workspace.ids.now().getTime() + RESPONSE_URL.lifeMs;
    const url = { userId, channelId, usesLeft: RESPONSE_URL.uses, expiresAt, ...(source && { source }) };
    this.#urls.set(id, url);
    return id;
  }

  /** What the app posted to the address. @throws Refusal `used_url`, `expired_url`, or what content refuses */
  use(id: string, args: JsonObject): void {
    const url = this.#urls.get(id);
    if (!url) throw new Refusal('invalid_url');
    if (this.#workspace.ids.now().getTime() > url.expiresAt) throw new Refusal('expired_url');
    if (url.usesLeft <= 0) throw new Refusal('used_url');
    this.#answer(url, args);
    url.usesLeft -= 1;
  }

  /** The acknowledgement of a command is such an answer too; it costs no use. */
  answerAtOnce(id: string, args: JsonObject): Message | undefined {
    const url = this.#urls.get(id);
    if (!url) throw new Refusal('invalid_url');
    return this.#answer(url, args);
  }

  #answer(url: ResponseUrl, args: JsonObject): Message | undefined {
    const given = argumentsFor(shape, args);
    const original = url.source && this.#workspace.message(url.channelId, url.source.ts);
    if (given.delete_original) {
      if (original) this.#remove(original);
      return undefined;
    }
    if (given.replace_original && original) {
      const before = messageOnWire(this.#workspace, original, { metadata: false });
      this.#workspace.rewrite(original, changedContent(given));
      if (!original.ephemeralFor) this.#echoes.changed(original, before);
      return original;
    }
    const inChannel = given.response_type === 'in_channel';
    const message = this.#workspace.post({
      channel: url.channelId,
      botId: APP.botId,
      ...contentOf(given),
      ...(!inChannel && { ephemeralFor: url.userId }),
      ...(given.thread_ts && { threadTs: given.thread_ts }),
    });
    url.source ??= { ts: message.ts };
    if (inChannel) this.#echoes.posted(message);
    return message;
  }

  #remove(original: Message): void {
    this.#workspace.remove(original);
    if (!original.ephemeralFor) this.#echoes.deleted(original);
  }
}
