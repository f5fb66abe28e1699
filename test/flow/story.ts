import { calendarOf } from '../../src/domain/asking/playbook.ts';
import { localDate, nextPromptTime } from '../../src/domain/asking/workday.ts';
import type { Answer } from '../../src/domain/cycle/answer.ts';
import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';
import { type Answered, receiveAnswer } from '../../src/flow/answers/receive-answer.ts';
import { personChanged } from '../../src/flow/people/person-changed.ts';
import type { Person } from '../../src/flow/ports.ts';
import { dealUpdate } from '../support/deal-updates.ts';
import type { Office } from '../support/office.ts';
import { type Happening, MIA, STAFF } from './happenings.ts';
import { readOffice } from './office-rows.ts';

const HOUR = 3_600_000;

/** Lets things happen in an office, and remembers what was said so that it can be said again. */
export class Story {
  readonly updates: DealUpdate[] = [];
  readonly #office: Office;
  #answers = 0;

  constructor(office: Office) {
    this.#office = office;
  }

  async happen(happening: Happening): Promise<void> {
    const { flow, clock, jobs, slack, workspaceId } = this.#office;
    switch (happening.kind) {
      case 'update':
        return await this.#update(happening);
      case 'close':
        return await this.#close(happening);
      case 'evening':
        clock.moveTo(lastWorkingMinute(this.#office, STAFF[happening.who] ?? MIA));
        return await this.#office.sweep();
      case 'again': {
        const known = this.updates[happening.pick % Math.max(this.updates.length, 1)];
        return known === undefined ? undefined : await this.#office.receive(known);
      }
      case 'answer':
        return await this.#answer(happening);
      case 'stale answer':
        return await this.#staleAnswer(happening);
      case 'person': {
        const somebody = { ...(STAFF[happening.who] ?? MIA), active: happening.active };
        slack.setPerson(somebody);
        await personChanged(flow, { workspaceId, person: somebody });
        return await jobs.runDue();
      }
      case 'pass':
        clock.pass({ minutes: happening.minutes });
        await jobs.runDue();
        return await this.#office.sweep();
      case 'trouble':
        slack.fail(happening.trouble);
    }
  }

  /** The deal is opened anew first, so that the order is news. */
  async #close({ who, trouble, minutes }: Extract<Happening, { kind: 'close' }>): Promise<void> {
    if (trouble !== null) this.#office.slack.fail(trouble);
    const { email } = STAFF[who] ?? MIA;
    const deal = {
      dealId: `D-${who + 1}`,
      account: { id: 'A-1', name: 'Acme' },
      owner: { email: email ?? '' },
    };
    for (const status of ['open', 'won'] as const) {
      await this.#update({ kind: 'update', change: { ...deal, status }, hoursAgo: 0, closedHoursAgo: null });
    }
    for (const some of minutes) await this.happen({ kind: 'pass', minutes: some });
  }

  async #update({ change, hoursAgo, closedHoursAgo }: Extract<Happening, { kind: 'update' }>): Promise<void> {
    const now = this.#office.clock.now().getTime();
    const ago = (hours: number) => new Date(now - hours * HOUR);
    const closedAt = closedHoursAgo === null ? undefined : ago(hoursAgo + closedHoursAgo);
    // Told in the same order, two stories name the same events: their ids are equal in every workspace.
    const eventId = `event-${String(this.updates.length).padStart(3, '0')}`;
    const update = dealUpdate({ ...change, eventId, occurredAt: ago(hoursAgo), closedAt });
    this.updates.push(update);
    await this.#office.receive(update);
  }

  async #answer({ pick, answer, inDays }: Extract<Happening, { kind: 'answer' }>): Promise<void> {
    const { prompts } = await readOffice(this.#office);
    const open = prompts.filter((prompt) => prompt.closedAt === null);
    const prompt = open[pick % Math.max(open.length, 1)];
    if (prompt === undefined) return;
    const on = localDate('UTC', new Date(this.#office.clock.now().getTime() + inDays * 24 * HOUR));
    await this.#say(prompt, answer.kind === 'later' ? { ...answer, on } : answer);
  }

  async #staleAnswer({ pick, answer }: Extract<Happening, { kind: 'stale answer' }>): Promise<void> {
    const { prompts } = await readOffice(this.#office);
    const closed = prompts.filter((prompt) => prompt.closedAt !== null);
    const prompt = closed[pick % Math.max(closed.length, 1)];
    if (prompt === undefined || answer.kind === 'note') return;
    const answered = await this.#say(prompt, answer);
    if (answered?.kind === 'taken') throw new Error('a question that is closed was answered');
  }

  async #say(prompt: { id: string; repId: string }, answer: Answer): Promise<Answered | undefined> {
    const { flow, jobs, workspaceId } = this.#office;
    const { reps } = await readOffice(this.#office);
    const slackUserId = reps.find((rep) => rep.id === prompt.repId)?.slackUserId;
    if (slackUserId == null) return undefined;
    this.#answers += 1;
    const said = { workspaceId, slackUserId, promptId: prompt.id, key: `click-${this.#answers}`, answer };
    const answered = await receiveAnswer(flow, said);
    await jobs.runDue();
    // Slack repeats what it thinks was lost.
    await receiveAnswer(flow, said);
    return answered;
  }
}

/** A minute before the working day of somebody ends, today or on the next working day. */
function lastWorkingMinute({ clock, flow }: Office, { timeZone }: Person): Date {
  const calendar = calendarOf(flow.defaults, { timeZone, promptAt: flow.defaults.hours.to - 1 });
  return nextPromptTime(calendar, clock.now());
}
