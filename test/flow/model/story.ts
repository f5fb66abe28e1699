import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Store } from '../../../src/db/store.ts';
import { calendarOf } from '../../../src/domain/asking/playbook.ts';
import { localDate, nextPromptTime } from '../../../src/domain/asking/workday.ts';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { type Declared, declareWon, type MeantOrder } from '../../../src/flow/answers/declare-won.ts';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { keepNote } from '../../../src/flow/answers/keep-note.ts';
import { type Answered, receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import { setManager } from '../../../src/flow/people/set-manager.ts';
import type { Person } from '../../../src/flow/ports.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { Office } from '../../support/office.ts';
import { type OfficeRows, readOffice } from '../office-rows.ts';
import { Absences } from './absences.ts';
import { given, type Saying } from './answers.ts';
import { EVERYBODY, HERE_AT_FIRST, MIA, PLAYBOOK, REPS } from './cast.ts';
import { catchUp, putSomethingRight, takeBackKey } from './corrections.ts';
import { handOver, handOverInVain } from './handing-over.ts';
import { join } from './joining.ts';
import { wholeOf } from './put-right.ts';
import { Named } from './state.ts';
import type { News, Step } from './steps.ts';

const HOUR_MS = 3_600_000;
/** More than a long weekend. */
const RESTING_HOURS = 5 * 24;

type Prompt = OfficeRows['prompts'][number];
type Batches = (updates: readonly DealUpdate[]) => readonly (readonly DealUpdate[])[];

/** Lets things happen in an office, and remembers what was told so that it can be told again. */
export class Story {
  readonly office: Office;
  readonly updates: DealUpdate[] = [];
  readonly absences: Absences;
  readonly #second: Office;
  readonly #batches: Batches;
  readonly #people = new Map(HERE_AT_FIRST.map((one) => [one.slackUserId, one]));
  #said = 0;

  private constructor(office: Office, batches: Batches) {
    this.office = office;
    this.absences = new Absences(office);
    this.#batches = batches;
    this.#second = office.secondProcess();
  }

  /** `batches`: how updates that are told at one time come in; all at once, unless told otherwise. */
  static async begin(store: Store, start: string, batches: Batches = (all) => [all]): Promise<Story> {
    const office = await Office.open(store, { start, people: HERE_AT_FIRST, playbook: PLAYBOOK });
    const story = new Story(office, batches);
    await story.#lead(REPS[0]?.slackUserId ?? '', MIA.slackUserId);
    await story.#lead(REPS[1]?.slackUserId ?? '', MIA.slackUserId);
    return story;
  }

  /** Days in which nothing happens and nothing fails. What the product owes to anybody is done by then. */
  async rest(): Promise<void> {
    this.office.slack.recover();
    for (let hours = 0; hours < RESTING_HOURS; hours += 5) {
      this.office.clock.pass({ hours: 5 });
      await this.office.jobs.runDue();
      await this.office.sweep();
    }
  }

  /** Those who are in Slack, whoever knows of it. */
  here(): string[] {
    return [...this.#people.values()].filter(({ active }) => active).map(({ slackUserId }) => slackUserId);
  }

  async take(step: Step): Promise<void> {
    const { clock, jobs, slack } = this.office;
    switch (step.kind) {
      case 'news':
        return await this.#hear(step.news, step.isCut);
      case 'close':
        return await this.#close(step);
      case 'again': {
        const known = this.updates[step.pick % Math.max(this.updates.length, 1)];
        return known === undefined ? undefined : await this.office.receive(known);
      }
      case 'answer':
        return await this.#answer(step.pick, step.saying);
      case 'slip':
        return await this.#slip(step.pick, step.saying);
      case 'put right':
        this.#said += 1;
        return await putSomethingRight(this.office, `correction-${this.#said}`, step);
      case 'stale answer':
        return await this.#staleAnswer(step.pick, step.saying);
      case 'order':
      case 'need':
      case 'note':
        return await this.#write(step);
      case 'same client':
      case 'same order':
      case 'take back':
        this.#said += 1;
        return await join(this.office, step, this.here(), `join-${this.#said}`);
      case 'hand over':
        this.#said += 1;
        return await handOver(this.office, step, this.here(), `hand-over-${this.#said}`);
      case 'hand over in vain':
        this.#said += 1;
        return await handOverInVain(this.office, step, this.here(), `hand-over-${this.#said}`);
      case 'leave':
        return await this.#change(step.who, { active: false }, step.isHeard);
      case 'come':
        return await this.#change(step.who, { active: true }, step.isHeard);
      case 'move':
        return await this.#change(step.who, { timeZone: step.timeZone });
      case 'everybody leaves': {
        for (let who = 0; who < EVERYBODY.length; who += 1) await this.#change(who, { active: false });
        return;
      }
      case 'lead':
        return await this.#lead(somebody(step.who).slackUserId, somebody(step.by).slackUserId);
      case 'away':
      case 'back':
      case 'decline':
      case 'value talks':
        return await this.absences.take(step, this.#people);
      case 'pass':
        clock.pass({ minutes: step.minutes });
        await jobs.runDue();
        return await this.office.sweep();
      case 'evening':
        clock.moveTo(this.#lastWorkingMinute(step.who));
        return await this.office.sweep();
      case 'trouble':
        return slack.fail(step.trouble);
      case 'two sweeps':
        clock.pass({ minutes: 1 });
        return void (await Promise.all([this.office.sweep(), this.#second.sweep()]));
    }
  }

  async #hear(news: readonly News[], isCut: boolean): Promise<void> {
    const { flow, workspaceId } = this.office;
    const updates = news.map((one) => this.#toUpdate(one));
    this.updates.push(...updates);
    for (const batch of this.#batches(updates)) {
      if (!isCut) await this.office.receive(...batch);
      else await gatherDealUpdates(flow)(workspaceId, batch);
    }
    if (isCut) await loseJobs(flow.store, workspaceId);
  }

  #toUpdate({ change, hoursAgo, closedHoursAgo, openedHoursAgo }: News): DealUpdate {
    const now = this.office.clock.now().getTime();
    const ago = (hours: number) => new Date(now - hours * HOUR_MS);
    const closedAt = closedHoursAgo === null ? undefined : ago(hoursAgo + closedHoursAgo);
    const openedAt = openedHoursAgo === null ? undefined : ago(hoursAgo + openedHoursAgo);
    // Told in the same order, two stories name the same events. Some ids fall on the two sides of evt_9 and evt_10.
    this.#said += 1;
    return dealUpdate({
      ...change,
      eventId: `evt_${this.#said}`,
      occurredAt: ago(hoursAgo),
      closedAt,
      openedAt,
    });
  }

  /** The deal is opened anew first, so that the order is news. */
  async #close({ who, trouble, minutes }: Extract<Step, { kind: 'close' }>): Promise<void> {
    if (trouble !== null) this.office.slack.fail(trouble);
    const deal = {
      dealId: `D-${who + 1}`,
      account: { id: 'A-1', name: 'Acme' },
      owner: { email: somebody(who).email ?? '' },
    };
    for (const status of ['open', 'won'] as const) {
      await this.#hear(
        [{ change: { ...deal, status }, hoursAgo: 0, closedHoursAgo: null, openedHoursAgo: null }],
        false,
      );
    }
    for (const some of minutes) await this.take({ kind: 'pass', minutes: some });
  }

  async #answer(pick: number, saying: Saying): Promise<void> {
    const prompt = await this.#pick(pick, ({ closedAt }) => closedAt === null);
    if (prompt !== undefined) await this.#say(prompt, saying);
  }

  async #staleAnswer(pick: number, saying: Saying): Promise<void> {
    const prompt = await this.#pick(pick, ({ closedAt }) => closedAt !== null);
    if (prompt === undefined) return;
    const answered = await this.#say(prompt, saying);
    if (answered?.kind === 'taken') throw new Error('a question that is closed was answered');
  }

  /** Promise 9: taken back, an answer leaves what would have been. */
  async #slip(pick: number, saying: Saying): Promise<void> {
    // What is due now is asked now, whether or not anybody slips.
    await this.office.sweep();
    await catchUp(this.office);
    const before = await wholeOf(this.office);
    const prompt = await this.#pick(pick, ({ closedAt }) => closedAt === null);
    const answered = prompt === undefined ? undefined : await this.#say(prompt, saying);
    if (answered?.kind !== 'taken') return;
    await takeBackKey(this.office, `click-${this.#said}`);
    expect(await wholeOf(this.office), 'an answer that was taken back').toEqual(before);
  }

  /** Picks by what prompts are about: their ids are not the same in two tellings of one story. */
  async #pick(pick: number, isMeant: (prompt: Prompt) => boolean): Promise<Prompt | undefined> {
    const named = await Named.read(this.office);
    const keyOf = (prompt: Prompt) =>
      [named.about(prompt), prompt.question, prompt.since.toISOString(), named.fact(prompt.factId)].join(
        '\n',
      );
    const meant = named.rows.prompts
      .filter(isMeant)
      .map((prompt) => ({ prompt, key: keyOf(prompt) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    return meant[pick % Math.max(meant.length, 1)]?.prompt;
  }

  async #say(prompt: { id: string; repId: string }, saying: Saying): Promise<Answered | undefined> {
    const { flow, jobs, workspaceId, clock } = this.office;
    const { reps } = await readOffice(this.office);
    const rep = reps.find(({ id }) => id === prompt.repId);
    if (rep?.slackUserId == null || this.#people.get(rep.slackUserId)?.active !== true) return undefined;
    this.#said += 1;
    const said = {
      workspaceId,
      slackUserId: rep.slackUserId,
      promptId: prompt.id,
      key: `click-${this.#said}`,
      answer: given(saying, localDate(rep.timeZone ?? 'UTC', clock.now())),
    };
    const answered = await receiveAnswer(flow, said);
    await jobs.runDue();
    // Slack repeats what it thinks was lost.
    await receiveAnswer(flow, said);
    return answered;
  }

  async #write(step: Extract<Step, { kind: 'order' | 'need' | 'note' }>): Promise<void> {
    const { flow, jobs, workspaceId, clock } = this.office;
    const { slackUserId } = somebody(step.who);
    if (this.#people.get(slackUserId)?.active !== true) return;
    this.#said += 1;
    const what = { workspaceId, slackUserId, key: `typed-${this.#said}` };
    if (step.kind === 'order') {
      const amount = step.amount === null ? undefined : { value: step.amount, currency: 'USD' };
      const order = { ...what, client: { name: step.account, isNew: true }, amount };
      const declared = await declareWon(flow, order);
      if (declared.kind === 'which')
        await declareWon(flow, { ...order, order: await this.#pickOrder(step.pick, declared) });
    } else if (step.kind === 'need') {
      await hearNeed(flow, { ...what, client: { name: step.account }, need: { words: 'training' } });
    } else {
      const place = { channelId: `D-${slackUserId}`, ts: `${this.#said}.0`, threadTs: null };
      await keepNote(flow, { ...what, ...place, text: step.text, writtenAt: clock.now() });
    }
    await jobs.runDue();
  }

  async #pickOrder(
    pick: number,
    { open, orders }: Extract<Declared, { kind: 'which' }>,
  ): Promise<MeantOrder> {
    const named = await Named.read(this.office);
    const known: { about: string; order: MeantOrder }[] = [
      ...open.map(({ promptId, engagement }) => ({
        about: named.deal(engagement?.id ?? ''),
        order: { kind: 'open' as const, promptId },
      })),
      ...orders.map(({ id }) => ({
        about: named.deal(id),
        order: { kind: 'same' as const, engagementId: id },
      })),
    ];
    known.sort((a, b) => (a.about < b.about ? -1 : 1));
    return known[pick % (known.length + 1)]?.order ?? { kind: 'another' };
  }

  /** Whoever Slack does not have yet joins it when they come. */
  async #change(who: number, change: Partial<Person>, isHeard = true): Promise<void> {
    const { flow, workspaceId, slack, jobs } = this.office;
    const before = somebody(who);
    const person = { ...(this.#people.get(before.slackUserId) ?? { ...before, active: false }), ...change };
    if (!this.#people.has(person.slackUserId) && !person.active) return;
    this.#people.set(person.slackUserId, person);
    slack.setPerson(person);
    if (!isHeard) return;
    await personChanged(flow, { workspaceId, person });
    await jobs.runDue();
  }

  #isHere(slackUserId: string): boolean {
    return this.#people.get(slackUserId)?.active === true;
  }

  async #lead(slackUserId: string, managerSlackUserId: string): Promise<void> {
    const { flow, workspaceId } = this.office;
    if (!this.#isHere(slackUserId) || !this.#isHere(managerSlackUserId)) return;
    await setManager(flow, { workspaceId, slackUserId, managerSlackUserId });
  }

  /** A minute before the working day of somebody ends, today or on the next working day. */
  #lastWorkingMinute(who: number): Date {
    const { clock, flow } = this.office;
    const { timeZone } = this.#people.get(somebody(who).slackUserId) ?? somebody(who);
    const calendar = calendarOf(flow.defaults, { timeZone, promptAt: flow.defaults.hours.to - 1 });
    return nextPromptTime(calendar, clock.now());
  }
}

function somebody(who: number): Person {
  return EVERYBODY[who % EVERYBODY.length] ?? MIA;
}

/** The process died with its jobs, and no other got them. */
async function loseJobs(store: Store, workspaceId: string): Promise<void> {
  await store.transaction((tx) =>
    tx.execute(
      sql`update pgboss.job set state = 'failed', completed_on = now() where data->>'workspaceId' = ${workspaceId}`,
    ),
  );
}
