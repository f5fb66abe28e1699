import type { Store } from '../../src/db/store.ts';
import { calendarOf } from '../../src/domain/asking/playbook.ts';
import { localDate, nextWorkingTime } from '../../src/domain/asking/workday.ts';
import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';
import { receiveAnswer } from '../../src/flow/answers/receive-answer.ts';
import { learnNumbers } from '../../src/flow/asking/learn-numbers.ts';
import { importDeals } from '../../src/flow/intake/import-deals.ts';
import { showPrompt } from '../../src/flow/show/show-prompt.ts';
import type { PromptView } from '../../src/flow/show/views.ts';
import type { Message } from '../support/memory-slack.ts';
import { Office } from '../support/office.ts';
import { correct } from './correct.ts';
import { answerTo, HABITS, type Habit } from './habits.ts';
import { type Actor, HOLIDAYS, type Quarter, toActor } from './team.ts';
import { Watch } from './watch.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Nobody works before or after that, by UTC, in any of the zones. */
const HOURS_UTC = { from: 13, to: 26 };
/** Minutes between two looks on days on which nobody is to be asked. */
const WEEKEND_STEP = 240;
/** Closes that lie further back when the quarter begins are history. */
const HISTORY_AFTER_DAYS = 7;
const BATCH = 2_000;

export interface QuarterRun {
  chance(): number;
  /** Minutes between two looks at what is due. */
  step: number;
  onProgress?(now: Date): void;
}

/** Something that happens at its time. */
interface Deed {
  at: Date;
  act(): Promise<void>;
}

/**
 * Lives through a quarter of a sales team: the CRM tells what it told, the product asks, and the reps answer as people
 * do. Returns what was seen of it.
 */
export async function liveThrough(store: Store, quarter: Quarter, run: QuarterRun): Promise<Watch> {
  const actors = quarter.agents.map(toActor);
  const office = await Office.open(store, {
    ...{ start: quarter.begin, people: actors },
    playbook: { holidays: HOLIDAYS, currency: 'USD' },
  });
  const { flow, workspaceId, jobs, clock } = office;
  const told = { historyAfterDays: HISTORY_AFTER_DAYS };
  await importDeals(flow, workspaceId, inBatches(quarter.history), told);
  await jobs.runDue();
  const watch = new Watch(office, actors, quarter);
  const life = new Life(office, actors, run.chance, watch);
  const news = [...quarter.news];
  for (const at of ticks(quarter, run.step)) {
    clock.moveTo(at);
    const isLater = news.findIndex(({ occurredAt }) => occurredAt > at);
    const now = news.splice(0, isLater === -1 ? news.length : isLater);
    if (now.length > 0) await office.receive(...now);
    if (isMorning(at)) await learnNumbers(flow);
    await watch.beforeSweep();
    await office.sweep();
    await life.go();
    await watch.afterSweep();
    if (isMorning(at)) run.onProgress?.(at);
  }
  return watch;
}

async function* inBatches(updates: readonly DealUpdate[]): AsyncGenerator<DealUpdate[]> {
  for (let from = 0; from < updates.length; from += BATCH) yield updates.slice(from, from + BATCH);
}

/** The looks at what is due: all day long while somebody may be at work, and now and then at weekends. */
function* ticks({ begin, end }: Quarter, step: number) {
  for (let day = begin.getTime(); day < end.getTime(); day += DAY_MS) {
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    const stepMs = (isWeekend ? WEEKEND_STEP : step) * MINUTE_MS;
    const until = day + HOURS_UTC.to * 60 * MINUTE_MS;
    for (let at = day + HOURS_UTC.from * 60 * MINUTE_MS; at <= until; at += stepMs) yield new Date(at);
  }
}

function isMorning(at: Date): boolean {
  return at.getUTCHours() === HOURS_UTC.from && at.getUTCMinutes() === 0;
}

/** What the reps do. */
class Life {
  readonly #office: Office;
  readonly #actors: ReadonlyMap<string, Actor>;
  readonly #chance: () => number;
  readonly #watch: Watch;
  readonly #deeds: Deed[] = [];
  #read = 0;
  #said = 0;

  constructor(office: Office, actors: readonly Actor[], chance: () => number, watch: Watch) {
    this.#office = office;
    this.#actors = new Map(actors.map((actor) => [actor.slackUserId, actor]));
    this.#chance = chance;
    this.#watch = watch;
  }

  /** Reads what has come, and does what it is time for. */
  async go(): Promise<void> {
    const { clock, slack, jobs } = this.#office;
    for (; this.#read < slack.ledger.length; this.#read += 1) this.#readMessage(slack.ledger[this.#read]);
    const due = this.#deeds.filter(({ at }) => at <= clock.now());
    for (const deed of due.sort((a, b) => +a.at - +b.at)) {
      this.#deeds.splice(this.#deeds.indexOf(deed), 1);
      await deed.act();
    }
    if (due.length > 0) await jobs.runDue();
  }

  #readMessage(message: Message | undefined): void {
    const actor = this.#actors.get(message?.slackUserId ?? '');
    if (actor === undefined || message?.bundle == null) return;
    const habit = HABITS[actor.kind];
    for (const { promptId, state } of message.bundle.prompts) {
      if (state.kind !== 'open' || this.#chance() >= habit.answers) continue;
      const at = this.#workingTime(actor, this.#chance() * habit.within);
      this.#deeds.push({ at, act: () => this.#answer(actor, habit, promptId) });
    }
  }

  #workingTime(actor: Actor, inMinutes: number): Date {
    const { clock, flow } = this.#office;
    const calendar = calendarOf(flow.defaults, { ...actor, promptAt: null });
    return nextWorkingTime(calendar, new Date(clock.now().getTime() + inMinutes * MINUTE_MS));
  }

  async #answer(actor: Actor, habit: Habit, promptId: string): Promise<void> {
    const { flow, workspaceId, clock } = this.#office;
    const found = await showPrompt(flow, { workspaceId, slackUserId: actor.slackUserId, promptId });
    if (found.kind !== 'shown' || found.prompt.state.kind !== 'open') return;
    this.#said += 1;
    const key = `click ${this.#said}`;
    const answer = answerTo(
      found.prompt,
      localDate(actor.timeZone ?? 'UTC', clock.now()),
      habit.putsOff,
      this.#chance,
    );
    const who = { workspaceId, slackUserId: actor.slackUserId };
    const answered = await receiveAnswer(flow, { ...who, promptId, key, answer });
    this.#watch.answered(found.prompt, answer, answered);
    if (answered.kind === 'taken' && this.#chance() < habit.errs)
      this.#regret(actor, habit, key, found.prompt);
  }

  /** It was wrong: somewhat later it is taken back, and what is asked then is answered anew. */
  #regret(actor: Actor, habit: Habit, key: string, prompt: PromptView): void {
    const at = this.#workingTime(actor, 10 + this.#chance() * habit.within);
    const act = async () => {
      const next = await correct(this.#office, actor.slackUserId, key);
      this.#watch.corrected(prompt, next !== null);
      if (next !== null) await this.#answer(actor, { ...habit, errs: 0 }, next.promptId);
    };
    this.#deeds.push({ at, act });
  }
}
