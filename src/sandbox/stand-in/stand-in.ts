import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Courier } from './courier.ts';
import { Failures } from './failures.ts';
import { Feed } from './feed.ts';
import { Happenings } from './happenings.ts';
import { Ids } from './ids.ts';
import { Ledger } from './ledger.ts';
import { Echoes } from './message-events.ts';
import { Modals } from './modals.ts';
import { People } from './people.ts';
import { RateLimits } from './rate-limits.ts';
import { ResponseUrls } from './response-urls.ts';
import { SignedHttp } from './signed-http.ts';
import type { Slack } from './slack.ts';
import { Sockets } from './sockets.ts';
import { Triggers } from './triggers.ts';
import type * as t from './types.ts';
import { conversationsOf, messageOnShow, viewOnShow } from './views-on-show.ts';
import { answerRequest, type Backstage } from './web-api.ts';
import { APP, dmOf, isSeenBy, Workspace } from './workspace.ts';

export type * from './types.ts';

const SLACK_PATIENCE_MS = 3_000;
const RETRY_DELAYS_MS = [0, 60_000, 300_000];

/**
 * A whole Slack in one object: a workspace with people and channels, the Web API, Socket Mode and signed
 * HTTP, and the people's hands; slack.ts says what each does. It lives in memory, starts on any free port, and knows nothing of the product.
 */
export class SlackStandIn implements Slack {
  readonly botToken = APP.botToken;
  readonly appToken = APP.appToken;
  readonly signingSecret = APP.signingSecret;
  readonly botUserId = APP.botUserId;
  readonly botId = APP.botId;
  readonly appId = APP.id;
  readonly team: Readonly<t.StandInTeam>;
  optionsUrl: string | undefined;
  readonly #shortcuts: readonly t.StandInShortcut[] | undefined;
  readonly #address: { host: string; port: number };
  readonly #feed = new Feed();
  readonly #failures = new Failures();
  readonly #workspace: Workspace;
  readonly #modals: Modals;
  readonly #sockets: Sockets;
  readonly #http: SignedHttp;
  readonly #courier: Courier;
  readonly #people: People;
  readonly #happenings: Happenings;
  readonly #ledger: Ledger;
  readonly #backstage: Backstage;
  #server: Server | undefined;
  #apiUrl: string | undefined;

  constructor(options: t.StandInOptions = {}) {
    const ids = new Ids(options.clock ?? (() => new Date()));
    const patience = options.ackTimeoutMs ?? SLACK_PATIENCE_MS;
    this.team = options.team ?? { id: 'T0SANDBOX', name: 'Sandbox' };
    this.#address = { host: options.host ?? '127.0.0.1', port: options.port ?? 0 };
    this.#workspace = new Workspace(this.team, ids, this.#feed);
    for (const user of options.users ?? []) this.#workspace.addPerson(user);
    for (const channel of options.channels ?? []) this.#workspace.addChannel(channel);
    const triggers = new Triggers(ids, options.triggerLifeMs ?? SLACK_PATIENCE_MS);
    this.#modals = new Modals(this.#workspace, triggers, this.#feed);
    this.#sockets = new Sockets(ids, this.#feed, patience);
    this.#http = new SignedHttp(() => ({ request: this.requestUrl, options: this.optionsUrl }), patience);
    this.optionsUrl = options.optionsUrl;
    this.#shortcuts = options.shortcuts;
    const ways = { sockets: this.#sockets, http: this.#http };
    const retryDelaysMs = options.retryDelaysMs ?? RETRY_DELAYS_MS;
    this.#courier = new Courier(this.#workspace, this.#feed, ways, retryDelaysMs, options.subscriptions);
    this.#courier.requestUrl = options.requestUrl;
    this.#ledger = new Ledger(ids, this.#feed);
    const echoes = new Echoes(this.#workspace, this.#courier);
    const responseUrls = new ResponseUrls(this.#workspace, echoes);
    this.#people = new People({
      workspace: this.#workspace,
      modals: this.#modals,
      triggers,
      courier: this.#courier,
      responseUrls,
      responseAddress: (id) => new URL(`/response/${id}`, this.apiUrl).href,
      ...(options.commands && { commands: options.commands }),
      ...(options.shortcuts && { shortcuts: options.shortcuts }),
    });
    this.#happenings = new Happenings(this.#workspace, this.#courier, this.#feed);
    this.#backstage = {
      office: { workspace: this.#workspace, modals: this.#modals, echoes },
      ledger: this.#ledger,
      failures: this.#failures,
      responseUrls,
      ...(options.rateLimits && { rateLimits: new RateLimits(options.rateLimits) }),
      socketUrl: () => new URL(this.#sockets.ticket(), this.apiUrl).href.replace(/^http/, 'ws'),
    };
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    server.on('upgrade', (request, stream, head) => this.#sockets.upgrade(request, stream, head));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.#address.port, this.#address.host, resolve);
    });
    this.#server = server;
    this.#apiUrl = `http://${this.#address.host}:${(server.address() as AddressInfo).port}/api/`;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    this.#courier.stop();
    this.#sockets.close();
    this.#http.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  get domain(): string {
    return this.#workspace.domain;
  }

  get apiUrl(): string {
    if (this.#apiUrl === undefined) throw new Error('The stand-in has no address before start()');
    return this.#apiUrl;
  }

  get requestUrl(): string | undefined {
    return this.#courier.requestUrl;
  }

  set requestUrl(url: string | undefined) {
    this.#courier.requestUrl = url;
  }

  users(): t.StandInUser[] {
    return structuredClone([...this.#workspace.people.values()]);
  }

  conversations(userId: string): t.StandInConversation[] {
    return conversationsOf(this.#workspace, userId);
  }

  shortcuts(): t.StandInShortcut[] {
    return structuredClone([...(this.#shortcuts ?? [])]);
  }

  dm(userId: string): string {
    return dmOf(this.#workspace.person(userId).id);
  }

  messages(channelId: string, asUser?: string): t.StandInMessage[] {
    const messages = this.#workspace.messages(this.#workspace.channel(channelId).id);
    return messages.filter((message) => isSeenBy(message, asUser)).map(messageOnShow);
  }

  home(userId: string): t.StandInView | undefined {
    const home = this.#modals.home(userId);
    return home && viewOnShow(home);
  }

  openViews(userId: string): t.StandInView[] {
    return this.#modals.stack(userId).map(viewOnShow);
  }

  messageValues(userId: string, channelId: string, ts: string): t.FormValues {
    const message = this.#workspace.message(channelId, ts);
    return message ? structuredClone(this.#people.valuesIn(message, userId)) : {};
  }

  say(userId: string, channelId: string, text: string, opts: t.SayOptions = {}): Promise<t.Shown> {
    return this.#people.say(userId, channelId, text, opts);
  }

  edit(userId: string, channelId: string, ts: string, text: string): Promise<t.Shown> {
    return this.#people.edit(userId, { channel: channelId, ts }, text);
  }

  command(userId: string, channelId: string, command: string, text: string): Promise<t.Shown> {
    return this.#people.command(userId, channelId, command, text);
  }

  click(userId: string, where: t.Where, action: t.Click): Promise<t.Shown> {
    return this.#people.click(userId, where, action);
  }

  suggest(userId: string, where: t.Where, typed: t.Typed): Promise<t.Suggestions> {
    return this.#people.suggest(userId, where, typed);
  }

  fill(userId: string, where: t.Where, values: t.FormValues): void {
    this.#people.fill(userId, where, values);
  }

  submit(userId: string, viewId: string, values: t.FormValues = {}): Promise<t.Shown> {
    return this.#people.submit(userId, viewId, values);
  }

  close(userId: string, viewId: string, opts: { all?: boolean } = {}): Promise<t.Shown> {
    return this.#people.close(userId, viewId, opts.all ?? false);
  }

  openHome(userId: string, tab: 'home' | 'messages' = 'home'): Promise<t.Shown> {
    return this.#people.openHome(userId, tab);
  }

  shortcut(userId: string, callbackId: string, on?: { channel: string; ts: string }): Promise<t.Shown> {
    return this.#people.shortcut(userId, callbackId, on);
  }

  read(userId: string, channelId: string): void {
    this.#workspace.markRead(userId, channelId);
  }

  addUser(user: t.StandInUser): Promise<t.Shown> {
    return this.#happenings.addUser(user);
  }

  changeUser(userId: string, patch: Partial<Omit<t.StandInUser, 'id'>>): Promise<t.Shown> {
    return this.#happenings.changeUser(userId, patch);
  }

  deactivate(userId: string): Promise<t.Shown> {
    return this.#happenings.changeUser(userId, { deleted: true });
  }

  inviteApp(channelId: string, byUserId: string): Promise<t.Shown> {
    return this.#happenings.inviteApp(channelId, byUserId);
  }

  removeApp(channelId: string): Promise<t.Shown> {
    return this.#happenings.removeApp(channelId);
  }

  postMetadata(channelId: string, metadata: NonNullable<t.StandInMessage['metadata']>): Promise<t.Shown> {
    return this.#happenings.postMetadata(channelId, metadata);
  }

  uninstall(): Promise<t.Shown> {
    return this.#happenings.uninstall();
  }

  event(event: t.JsonObject): Promise<t.Shown> {
    return this.#happenings.event(event);
  }

  unfurl(channelId: string, ts: string): Promise<t.Shown> {
    return this.#happenings.unfurl(channelId, ts);
  }

  fail(rule: t.FailureRule): void {
    this.#failures.add(rule);
  }

  clearFailures(): void {
    this.#failures.clear();
  }

  dropSockets(): void {
    this.#sockets.drop();
  }

  refreshSockets(): void {
    this.#sockets.refresh();
  }

  acknowledged(envelopeId: string): boolean {
    return this.#sockets.acknowledged(envelopeId);
  }

  sendFrame(frame: string | Uint8Array): void {
    this.#sockets.sendFrame(frame);
  }

  repeatNextEvents(n: number, copies: number): void {
    this.#courier.repeatNextEvents(n, copies);
  }

  get ledger(): readonly t.LedgerEntry[] {
    return this.#ledger.entries;
  }

  get deliveries(): readonly t.Delivery[] {
    return this.#courier.deliveries;
  }

  calls(method: string): t.LedgerEntry[] {
    return this.#ledger.entries.filter((entry) => entry.method === method);
  }

  onChange(listener: (change: t.StandInChange) => void): () => void {
    return this.#feed.onChange(listener);
  }

  until<T>(what: string, probe: () => T | undefined | null | false, timeoutMs = 60_000): Promise<T> {
    return this.#feed.until(what, probe, timeoutMs, () => `Last calls:\n${this.#ledger.story()}`);
  }

  async connected(sockets = 1): Promise<void> {
    await this.until(`${sockets} open socket(s)`, () => this.#sockets.count >= sockets);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    answerRequest(this.#backstage, request, response).catch((error: unknown) => {
      // A fault of the stand-in, or the app went away in the middle of its request.
      if (request.destroyed && !request.complete) return;
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`The stand-in failed: ${String(error)}`);
    });
  }
}
