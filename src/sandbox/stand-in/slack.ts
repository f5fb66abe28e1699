import type {
  Click,
  Delivery,
  FailureRule,
  FormValues,
  JsonObject,
  LedgerEntry,
  SayOptions,
  Shown,
  StandInChange,
  StandInConversation,
  StandInMessage,
  StandInShortcut,
  StandInTeam,
  StandInUser,
  StandInView,
  Suggestions,
  Typed,
  Where,
} from './types.ts';

/** The public surface of `SlackStandIn`. */
export interface Slack {
  start(): Promise<void>;
  /** Closes sockets and connections, cancels retries; leaves no open handles. Safe to call twice. */
  stop(): Promise<void>;
  /** `http://127.0.0.1:4010/api/`: give it to the app as SLACK_API_URL. Known after `start`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string;
  readonly team: Readonly<StandInTeam>;
  /** What the workspace's address begins with: `sandbox` in sandbox.slack.com. */
  readonly domain: string;
  /** May be set once the app's address is known; undefined means Socket Mode. */
  requestUrl: string | undefined;
  /** In HTTP mode, where external menus ask for their options. */
  optionsUrl: string | undefined;

  // ---- what people see
  users(): StandInUser[];
  /** The person's DM with the app, then the channels they are in. */
  conversations(userId: string): StandInConversation[];
  /** Those that the app has, as far as they were named. */
  shortcuts(): readonly StandInShortcut[];
  /** The id of the person's DM with the app. */
  dm(userId: string): string;
  /** Oldest first. Ephemeral messages only when `asUser` is who sees them. */
  messages(channelId: string, asUser?: string): StandInMessage[];
  home(userId: string): StandInView | undefined;
  /** The person's modals, the top one last. */
  openViews(userId: string): StandInView[];
  /** What the inputs of a message hold for this person. */
  messageValues(userId: string, channelId: string, ts: string): FormValues;

  // ---- what people do; resolves once the app has acknowledged or Slack has given up waiting
  say(userId: string, channelId: string, text: string, opts?: SayOptions): Promise<Shown>;
  /** The person writes their message anew. */
  edit(userId: string, channelId: string, ts: string, text: string): Promise<Shown>;
  command(userId: string, channelId: string, command: string, text: string): Promise<Shown>;
  click(userId: string, where: Where, action: Click): Promise<Shown>;
  /**
   * What an external menu offers for what is typed into it (`block_suggestion`); only what was once offered can be picked.
   * @throws Error for less than the menu's `min_query_length` (3 unless said): Slack would not ask yet
   */
  suggest(userId: string, where: Where, typed: Typed): Promise<Suggestions>;
  /** Sets inputs without telling the app, as typing into an input block does. */
  fill(userId: string, where: Where, values: FormValues): void;
  /** What is not in `values` keeps what was filled before, else its initial value. */
  submit(userId: string, viewId: string, values?: FormValues): Promise<Shown>;
  /** Closes the modal; `all` closes the whole stack. */
  close(userId: string, viewId: string, opts?: { all?: boolean }): Promise<Shown>;
  openHome(userId: string, tab?: 'home' | 'messages'): Promise<Shown>;
  /** A global shortcut, or a message shortcut where `on` is given. */
  shortcut(userId: string, callbackId: string, on?: { channel: string; ts: string }): Promise<Shown>;
  /** Marks everything in the conversation as read. */
  read(userId: string, channelId: string): void;

  // ---- what happens in the workspace; each sends the event Slack sends
  addUser(user: StandInUser): Promise<Shown>;
  changeUser(userId: string, patch: Partial<Omit<StandInUser, 'id'>>): Promise<Shown>;
  deactivate(userId: string): Promise<Shown>;
  inviteApp(channelId: string, byUserId: string): Promise<Shown>;
  removeApp(channelId: string): Promise<Shown>;
  /** Another app posts a message with metadata that this app subscribed to (`message_metadata_posted`). */
  postMetadata(channelId: string, metadata: NonNullable<StandInMessage['metadata']>): Promise<Shown>;
  /** Every later call with the token answers `account_inactive`. */
  uninstall(): Promise<Shown>;
  /** Any other event, as its inner `event` object. */
  event(event: JsonObject): Promise<Shown>;

  /** Slack shows what a link in a message leads to, which is a change of the message with the same text. */
  unfurl(channelId: string, ts: string): Promise<Shown>;

  // ---- trouble on request
  fail(rule: FailureRule): void;
  clearFailures(): void;
  /** Cuts every socket without a word; the client has to notice and connect again. */
  dropSockets(): void;
  /** Slack's orderly `disconnect` message (`refresh_requested`): the client connects again before it closes. */
  refreshSockets(): void;
  /** Sends a frame as it is over every open socket: text, or binary. */
  sendFrame(frame: string | Uint8Array): void;
  /** Whether the app acknowledged the envelope of that id over a socket. */
  acknowledged(envelopeId: string): boolean;
  /** The next n events are each delivered `copies` times under one event_id, the copies as retries. */
  repeatNextEvents(n: number, copies: number): void;

  // ---- the record
  readonly ledger: readonly LedgerEntry[];
  readonly deliveries: readonly Delivery[];
  calls(method: string): LedgerEntry[];
  onChange(listener: (change: StandInChange) => void): () => void;
  /** Resolves with the first truthy value of `probe`, tried again whenever anything happens here. */
  until<T>(what: string, probe: () => T | undefined | null | false, timeoutMs?: number): Promise<T>;
  /** Resolves when the app has `sockets` open sockets (default 1). */
  connected(sockets?: number): Promise<void>;
}
