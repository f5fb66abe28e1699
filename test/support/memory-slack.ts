import type { HandOverMessageView } from '../../src/flow/hand-over/views.ts';
import type { Found, Person, Sent, Slack } from '../../src/flow/ports.ts';
import type {
  AdminSummaryView,
  BundleView,
  DeskView,
  DigestView,
  NoticeView,
  RefusedDigestView,
} from '../../src/flow/show/views.ts';

/** How the next thing sent fails. */
export type Trouble =
  /** A time-out after Slack had it. */
  | 'ambiguous_posted'
  /** A time-out before Slack had it. */
  | 'ambiguous_lost'
  /** A rate limit. */
  | 'later'
  | 'person_gone'
  | 'person_unknown'
  | 'refused'
  /** The process dies right after Slack had it, or right before. */
  | 'dies_after'
  | 'dies_before';

/** One message as Slack keeps it. */
export interface Message {
  ts: string;
  at: Date;
  channelId: string;
  /** Whom the DM is with; null for a channel. */
  slackUserId: string | null;
  /** The person's own zone in that moment. */
  timeZone: string | null;
  bundle: BundleView | null;
  digest: DigestView | null;
  refusedDigest: RefusedDigestView | null;
  adminSummary: AdminSummaryView | null;
  notice: NoticeView | null;
  /** A word about a hand-over, as it was last drawn. */
  handOver: HandOverMessageView | null;
  /** The bundle as it was last drawn anew. */
  redrawn: BundleView | null;
}

/** A Slack in memory that keeps a ledger of all it was sent, and fails as it is told. */
export class MemorySlack implements Slack {
  readonly ledger: Message[] = [];
  /** What each person's Home tab has shown, the latest last. */
  readonly homes = new Map<string, DeskView[]>();
  readonly #people = new Map<string, Person>();
  readonly #troubles: Trouble[] = [];
  readonly #now: () => Date;

  constructor(now: () => Date, people: readonly Person[]) {
    this.#now = now;
    for (const person of people) this.#people.set(person.slackUserId, person);
  }

  /** The next things sent to it fail like this, in this order. */
  fail(...troubles: Trouble[]): void {
    this.#troubles.push(...troubles);
  }

  /** Nothing fails any more. */
  recover(): void {
    this.#troubles.length = 0;
  }

  /** What somebody is told of a person from now on. */
  setPerson(person: Person): void {
    this.#people.set(person.slackUserId, person);
  }

  /** The bundles that a person has been sent, oldest first. */
  bundlesOf(slackUserId: string): BundleView[] {
    return this.ledger.flatMap((message) =>
      message.slackUserId === slackUserId && message.bundle !== null ? [message.bundle] : [],
    );
  }

  async openDm(slackUserId: string): Promise<Sent> {
    const person = this.#people.get(slackUserId);
    if (person === undefined) return { kind: 'person_unknown', error: 'user_not_found' };
    if (!person.active) return { kind: 'person_gone', error: 'user_disabled' };
    return { kind: 'sent', channelId: `D-${slackUserId}`, ts: '' };
  }

  async turn(_to: string, _withinMs: number): Promise<boolean> {
    return true;
  }

  async sendBundle(to: string, bundle: BundleView): Promise<Sent> {
    return this.#send(to.startsWith('U') ? `D-${to}` : to, { bundle });
  }

  async sendDigest(channelId: string, digest: DigestView): Promise<Sent> {
    return this.#send(channelId, { digest });
  }

  async sendAdminSummary(channelId: string, adminSummary: AdminSummaryView): Promise<Sent> {
    return this.#send(channelId, { adminSummary });
  }

  async sendNotice(channelId: string, notice: NoticeView): Promise<Sent> {
    return this.#send(channelId, { notice });
  }

  async sendHandOver(channelId: string, handOver: HandOverMessageView): Promise<Sent> {
    return this.#send(channelId, { handOver });
  }

  async findHandOver(channelId: string, messageId: string, since: Date): Promise<Found> {
    const isIt = (message: Message) =>
      message.channelId === channelId && message.handOver?.messageId === messageId && message.at >= since;
    const message = this.ledger.find(isIt);
    return message === undefined ? { kind: 'absent' } : { kind: 'found', ts: message.ts };
  }

  async redrawHandOver(channelId: string, ts: string, handOver: HandOverMessageView): Promise<Sent> {
    const message = this.ledger.find((one) => one.channelId === channelId && one.ts === ts);
    if (message === undefined) return { kind: 'refused', error: 'message_not_found' };
    message.handOver = handOver;
    return { kind: 'sent', channelId, ts };
  }

  /** What a person was sent about hand-overs, as it looks now, oldest first. */
  handOversOf(slackUserId: string): HandOverMessageView[] {
    return this.ledger.flatMap((message) =>
      message.slackUserId === slackUserId && message.handOver !== null ? [message.handOver] : [],
    );
  }

  async sendRefusedDigest(channelId: string, refusedDigest: RefusedDigestView): Promise<Sent> {
    return this.#send(channelId, { refusedDigest });
  }

  async findBundle(channelId: string, bundleId: string, since: Date): Promise<Found> {
    const isIt = (message: Message) =>
      message.channelId === channelId && message.bundle?.bundleId === bundleId && message.at >= since;
    const message = this.ledger.find(isIt);
    return message === undefined ? { kind: 'absent' } : { kind: 'found', ts: message.ts };
  }

  async redrawBundle(channelId: string, ts: string, bundle: BundleView): Promise<Sent> {
    const message = this.ledger.find((one) => one.channelId === channelId && one.ts === ts);
    if (message === undefined) return { kind: 'refused', error: 'message_not_found' };
    message.redrawn = bundle;
    return { kind: 'sent', channelId, ts };
  }

  async publishHome(slackUserId: string, home: DeskView): Promise<Sent> {
    this.homes.set(slackUserId, [...(this.homes.get(slackUserId) ?? []), home]);
    return { kind: 'sent', channelId: '', ts: '' };
  }

  async people(): Promise<{ people: Person[]; nextCursor: null }> {
    return { people: [...this.#people.values()], nextCursor: null };
  }

  async personByEmail(email: string): Promise<Person | null> {
    const isIt = (person: Person) => person.active && person.email?.toLowerCase() === email.toLowerCase();
    return [...this.#people.values()].find(isIt) ?? null;
  }

  async person(slackUserId: string): Promise<Person | null> {
    return this.#people.get(slackUserId) ?? null;
  }

  #send(
    channelId: string,
    what: Partial<
      Pick<Message, 'bundle' | 'digest' | 'refusedDigest' | 'adminSummary' | 'notice' | 'handOver'>
    >,
  ): Sent {
    const slackUserId = channelId.startsWith('D-') ? channelId.slice(2) : null;
    const person = slackUserId === null ? undefined : this.#people.get(slackUserId);
    if (person?.active === false) return { kind: 'person_gone', error: 'user_disabled' };
    const trouble = this.#troubles.shift();
    const post = (): Sent => {
      const ts = `${this.#now().getTime() / 1_000}.${String(this.ledger.length).padStart(6, '0')}`;
      const nothing = {
        bundle: null,
        digest: null,
        refusedDigest: null,
        adminSummary: null,
        notice: null,
        handOver: null,
        redrawn: null,
      };
      const to = { channelId, slackUserId, timeZone: person?.timeZone ?? null };
      this.ledger.push({ ...nothing, ts, at: this.#now(), ...to, ...what });
      return { kind: 'sent', channelId, ts };
    };
    switch (trouble) {
      case undefined:
        return post();
      case 'ambiguous_posted':
        post();
        return { kind: 'ambiguous', error: 'time-out' };
      case 'ambiguous_lost':
        return { kind: 'ambiguous', error: 'time-out' };
      case 'later':
        return { kind: 'later', error: 'ratelimited', afterSeconds: 30 };
      case 'dies_after':
        post();
        throw new Error('the process died after Slack had the message');
      case 'dies_before':
        throw new Error('the process died before Slack had the message');
      default:
        return { kind: trouble, error: trouble };
    }
  }
}
