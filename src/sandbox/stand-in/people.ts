import { composed, composedForCommand } from './composer.ts';
import type { Courier } from './courier.ts';
import { type Field, richText } from './fields.ts';
import { complaints, fieldFor, keepValues, refuseUnknownInputs } from './inputs.ts';
import { changedEvent, mentionEvent, messageEvent } from './message-events.ts';
import type { Modals, OpenView } from './modals.ts';
import {
  actionOf,
  closedBody,
  commandBody,
  type Leave,
  messageActionsBody,
  shortcutBody,
  submissionBody,
  suggestionBody,
  viewActionsBody,
} from './payloads.ts';
import { failed, noCommand, refusedAnswer, silent } from './refused.ts';
import type { ResponseUrls } from './response-urls.ts';
import { CANNOT_SUBMIT, followSubmission } from './submissions.ts';
import { followSuggestion, mustAskFor } from './suggestions.ts';
import type { Ack } from './transport.ts';
import type { Triggers } from './triggers.ts';
import type {
  Block,
  Click,
  FormValues,
  SayOptions,
  Shown,
  StandInShortcut,
  Suggestions,
  Typed,
  Where,
} from './types.ts';
import { messageOnShow, topView } from './views-on-show.ts';
import { messageOnWire, viewOnWire } from './wire.ts';
import { dmOf, isSeenBy, type Message, type Workspace } from './workspace.ts';

interface Reach {
  workspace: Workspace;
  modals: Modals;
  triggers: Triggers;
  courier: Courier;
  responseUrls: ResponseUrls;
  /** The full address of a response_url. */
  responseAddress: (id: string) => string;
  /** Those that there are; any when unset. */
  commands?: readonly string[];
  shortcuts?: readonly StandInShortcut[];
}

/** What people do, and what Slack shows them for it. */
export class People {
  readonly #reach: Reach;

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  async say(userId: string, channelId: string, typed: string, said: SayOptions): Promise<Shown> {
    const { workspace, courier } = this.#reach;
    this.#mustBeIn(userId, channelId);
    const message = workspace.post({
      channel: channelId,
      user: userId,
      text: composed(workspace, typed),
      blocks: [richText(typed) as unknown as Block],
      ...said,
    });
    const hears = workspace.channel(channelId).botIsMember ?? false;
    const ack: Ack = hears
      ? await courier.event(messageEvent(workspace, message))
      : { ok: true, payload: {} };
    const mention = mentionEvent(workspace, message);
    if (mention) await courier.event(mention);
    return ack.ok ? { ok: true, message: messageOnShow(message) } : silent(ack);
  }

  async edit(userId: string, at: { channel: string; ts: string }, typed: string): Promise<Shown> {
    const { workspace, courier } = this.#reach;
    const message = this.#message(userId, at);
    if (message.user !== userId) throw new Error(`${userId} did not write ${at.ts}`);
    const before = messageOnWire(workspace, message, { metadata: false });
    workspace.rewrite(message, {
      text: composed(workspace, typed),
      blocks: [richText(typed) as unknown as Block],
    });
    const ack = await courier.event(changedEvent(workspace, message, before));
    return ack.ok ? { ok: true, message: messageOnShow(message) } : silent(ack);
  }

  async command(userId: string, channelId: string, command: string, typed: string): Promise<Shown> {
    const { workspace, courier, responseUrls, commands } = this.#reach;
    this.#mustBeIn(userId, channelId);
    if (commands && !commands.includes(command)) return noCommand(command);
    const { id, leave } = this.#leave(userId, channelId);
    const text = composedForCommand(workspace, typed);
    const body = commandBody(workspace, userId, channelId, { command, text }, leave);
    const ack = await courier.ask('slash_commands', body);
    if (!ack.ok) {
      const why = ack.error === 'timeout' ? 'operation_timeout: the app didn’t respond in time' : ack.error;
      return failed(ack, `${command} failed with the error "${why}"`);
    }
    const said = typeof ack.payload === 'string' ? { text: ack.payload } : ack.payload;
    if (!said.text && !said.blocks) return { ok: true };
    try {
      const message = responseUrls.answerAtOnce(id, said);
      return message ? { ok: true, message: messageOnShow(message) } : { ok: true };
    } catch (error) {
      return refusedAnswer(error, `${command} failed with the error "dispatch_failed"`);
    }
  }

  async click(userId: string, where: Where, click: Click): Promise<Shown> {
    const { courier, modals } = this.#reach;
    const body =
      'viewId' in where
        ? this.#viewClick(userId, where.viewId, click)
        : this.#messageClick(userId, where, click);
    const ack = await courier.ask('interactive', body);
    if (!ack.ok) return failed(ack, 'This app is not responding. Try again, or contact its makers.');
    return { ok: true, ...topView(modals, userId) };
  }

  async suggest(userId: string, where: Where, typed: Typed): Promise<Suggestions> {
    const { workspace, courier } = this.#reach;
    const source = 'viewId' in where ? this.#openView(userId, where.viewId) : this.#message(userId, where);
    const blocks = ('view' in source ? source.view.blocks : source.blocks) ?? [];
    const { element, blockId } = fieldFor(blocks, typed.actionId, typed.blockId);
    mustAskFor(element, typed.value);
    const body = suggestionBody(workspace, userId, { ...typed, blockId }, source);
    return followSuggestion(workspace, typed.actionId, await courier.ask('interactive', body));
  }

  fill(userId: string, where: Where, values: FormValues): void {
    if ('viewId' in where) {
      const open = this.#openView(userId, where.viewId);
      refuseUnknownInputs(open.view.blocks, values, this.#reach.workspace.suggested);
      this.#reach.modals.fill(open, values);
    } else {
      const message = this.#message(userId, where);
      refuseUnknownInputs(message.blocks ?? [], values, this.#reach.workspace.suggested);
      message.values.set(userId, merged(this.valuesIn(message, userId), values));
    }
  }

  /** What a message's inputs hold for this person. */
  valuesIn(message: Message, userId: string): FormValues {
    return keepValues(message.blocks ?? [], message.values.get(userId) ?? {});
  }

  async submit(userId: string, viewId: string, values: FormValues): Promise<Shown> {
    const { workspace, modals, courier, triggers } = this.#reach;
    const open = this.#openView(userId, viewId);
    if (modals.stack(userId).at(-1) !== open) throw new Error(`${viewId} is not ${userId}'s top modal`);
    this.fill(userId, { viewId }, values);
    const missing = complaints(open.view.blocks, open.values);
    if (Object.keys(missing).length > 0) {
      modals.showErrors(open, missing);
      return { ok: true, errors: missing, ...topView(modals, userId) };
    }
    const triggerId = triggers.give(userId, open.id);
    const ack = await courier.ask('interactive', submissionBody(workspace, open, { triggerId }));
    return ack.ok ? followSubmission(modals, open, ack.payload) : failed(ack, CANNOT_SUBMIT);
  }

  async close(userId: string, viewId: string, all: boolean): Promise<Shown> {
    const { workspace, modals, courier } = this.#reach;
    const open = this.#openView(userId, viewId);
    const clears = all || (open.view.type === 'modal' && open.view.clear_on_close === true);
    const closed = modals.close(clears ? (modals.find(open.rootId) ?? open) : open);
    for (const each of closed) {
      if (each.view.type !== 'modal' || !each.view.notify_on_close) continue;
      const ack = await courier.ask('interactive', closedBody(workspace, each, clears));
      if (!ack.ok) return silent(ack);
    }
    return { ok: true, ...topView(modals, userId) };
  }

  async openHome(userId: string, tab: 'home' | 'messages'): Promise<Shown> {
    const { workspace, modals, courier } = this.#reach;
    this.#mustBeActive(userId);
    const home = tab === 'home' ? modals.home(userId) : undefined;
    const ack = await courier.event({
      type: 'app_home_opened',
      user: userId,
      channel: dmOf(userId),
      tab,
      ...(home && { view: viewOnWire(workspace, home) }),
    });
    return ack.ok ? { ok: true } : silent(ack);
  }

  async shortcut(userId: string, callbackId: string, on?: { channel: string; ts: string }): Promise<Shown> {
    const { workspace, modals, courier, shortcuts } = this.#reach;
    this.#mustBeActive(userId);
    mustBeOffered(shortcuts, callbackId, on ? 'message' : 'global');
    const message = on && this.#message(userId, on);
    const leave = message
      ? this.#leave(userId, message.channel, message).leave
      : { triggerId: this.#reach.triggers.give(userId) };
    const ack = await courier.ask('interactive', shortcutBody(workspace, userId, callbackId, leave, message));
    if (!ack.ok) return failed(ack, 'This app is not responding. Try again, or contact its makers.');
    return { ok: true, ...topView(modals, userId) };
  }

  #messageClick(userId: string, where: { channel: string; ts: string }, click: Click) {
    const { workspace } = this.#reach;
    const message = this.#message(userId, where);
    const field = fieldFor(message.blocks ?? [], click.actionId, click.blockId);
    mustTell(field);
    const before = merged(this.valuesIn(message, userId), click.state ?? {});
    message.values.set(userId, merged(before, picked(field.blockId, click)));
    const { leave } = this.#leave(userId, message.channel, message);
    const action = actionOf(workspace, field, click.value ?? null);
    return messageActionsBody(workspace, userId, message, action, leave);
  }

  #viewClick(userId: string, viewId: string, click: Click) {
    const { workspace, modals, triggers } = this.#reach;
    const open = this.#openView(userId, viewId);
    const field = fieldFor(open.view.blocks, click.actionId, click.blockId);
    mustTell(field);
    modals.fill(open, merged(click.state ?? {}, picked(field.blockId, click)));
    const leave = { triggerId: triggers.give(userId, open.id) };
    return viewActionsBody(workspace, open, actionOf(workspace, field, click.value ?? null), leave);
  }

  #leave(userId: string, channelId: string, source?: Message): { id: string; leave: Required<Leave> } {
    const { responseUrls, triggers, responseAddress } = this.#reach;
    const id = responseUrls.give(userId, channelId, source);
    return { id, leave: { triggerId: triggers.give(userId), responseUrl: responseAddress(id) } };
  }

  #openView(userId: string, viewId: string): OpenView {
    this.#mustBeActive(userId);
    const open = this.#reach.modals.find(viewId);
    if (open?.userId !== userId) throw new Error(`${userId} has no open view ${viewId}`);
    return open;
  }

  #message(userId: string, where: { channel: string; ts: string }): Message {
    this.#mustBeIn(userId, where.channel);
    const message = this.#reach.workspace.message(where.channel, where.ts);
    if (!message || !isSeenBy(message, userId)) {
      throw new Error(`${userId} sees no message ${where.ts} in ${where.channel}`);
    }
    return message;
  }

  #mustBeIn(userId: string, channelId: string): void {
    this.#mustBeActive(userId);
    if (!this.#reach.workspace.channel(channelId).members.includes(userId)) {
      throw new Error(`${userId} is not in ${channelId}`);
    }
  }

  #mustBeActive(userId: string): void {
    if (this.#reach.workspace.person(userId).deleted) throw new Error(`${userId} is deactivated`);
  }
}

/** @throws Error for a shortcut that the manifest does not name: nobody could have chosen it */
function mustBeOffered(
  shortcuts: readonly StandInShortcut[] | undefined,
  callbackId: string,
  type: StandInShortcut['type'],
): void {
  if (!shortcuts || shortcuts.some((each) => each.callback_id === callbackId && each.type === type)) return;
  throw new Error(`The app has no ${type} shortcut ${callbackId}`);
}

function picked(blockId: string, click: Click): FormValues {
  return click.value === undefined ? {} : { [blockId]: { [click.actionId]: click.value } };
}

/** @throws Error for an input that keeps what is entered to itself: its app hears of that with the submission only */
function mustTell({ element, input }: Field): void {
  if (!input || input.dispatch_action) return;
  throw new Error(`${element.action_id} tells the app nothing (no dispatch_action): use \`fill\``);
}

function merged(before: FormValues, more: FormValues): FormValues {
  const both: FormValues = { ...before };
  for (const [blockId, actions] of Object.entries(more)) both[blockId] = { ...both[blockId], ...actions };
  return both;
}
