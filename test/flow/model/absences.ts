import { localDate } from '../../../src/domain/asking/workday.ts';
import { comeBack } from '../../../src/flow/away/come-back.ts';
import { declineStandingIn } from '../../../src/flow/away/decline-standing-in.ts';
import { goAway } from '../../../src/flow/away/go-away.ts';
import { passValueTalks } from '../../../src/flow/away/pass-value-talks.ts';
import type { Person } from '../../../src/flow/ports.ts';
import type { Office } from '../../support/office.ts';
import { readOffice } from '../office-rows.ts';
import { EVERYBODY, MIA } from './cast.ts';
import type { Spell } from './never-while-away.ts';
import type { Step } from './steps.ts';

const DAY_MS = 86_400_000;

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;
type Absence = StepOf<'away' | 'back' | 'decline' | 'value talks'>;
type People = ReadonlyMap<string, Person>;

/** Lets people go away, come back, decline to stand in, and pass the value talks on; remembers what they said. */
export class Absences {
  readonly spells: Spell[] = [];
  readonly #office: Office;

  constructor(office: Office) {
    this.#office = office;
  }

  /** Only those who are in Slack do something, and only such are named. */
  async take(step: Absence, people: People): Promise<void> {
    const { slackUserId } = somebody(step.who);
    const isHere = (id: string | null) => id === null || people.get(id)?.active === true;
    if (!isHere(slackUserId)) return;
    switch (step.kind) {
      case 'away': {
        const delegate = step.delegate === null ? null : somebody(step.delegate).slackUserId;
        if (isHere(delegate)) await this.#goAway(step, delegate, people.get(slackUserId)?.timeZone ?? 'UTC');
        break;
      }
      case 'back':
        await comeBack(this.#office.flow, { ...this.#office, slackUserId });
        this.#endSpell(slackUserId);
        break;
      case 'decline':
        await this.#decline(slackUserId);
        break;
      case 'value talks': {
        const colleagueSlackUserId = step.colleague === null ? null : somebody(step.colleague).slackUserId;
        const passed = { ...this.#office, slackUserId, colleagueSlackUserId };
        if (isHere(colleagueSlackUserId)) await passValueTalks(this.#office.flow, passed);
      }
    }
    await this.#office.jobs.runDue();
  }

  async #goAway(
    { who, inDays, days }: StepOf<'away'>,
    delegate: string | null,
    timeZone: string,
  ): Promise<void> {
    const { slackUserId } = somebody(who);
    const { flow, clock } = this.#office;
    const today = Date.parse(localDate(timeZone, clock.now()));
    const on = (ahead: number) => new Date(today + ahead * DAY_MS).toISOString().slice(0, 10);
    const away = { from: on(inDays), until: on(inDays + days), delegateSlackUserId: delegate ?? undefined };
    const went = await goAway(flow, { ...this.#office, slackUserId, away });
    if (went.kind === 'refused') return;
    this.#endSpell(slackUserId);
    const { from, until } = went;
    this.spells.push({ slackUserId, from, until, setAt: clock.now(), endedAt: null });
  }

  #endSpell(slackUserId: string): void {
    for (const spell of this.spells)
      if (spell.slackUserId === slackUserId) spell.endedAt ??= this.#office.clock.now();
  }

  async #decline(slackUserId: string): Promise<void> {
    const { reps } = await readOffice(this.#office);
    const delegate = reps.find((rep) => rep.slackUserId === slackUserId);
    const away = reps.find(({ delegateId }) => delegateId !== null && delegateId === delegate?.id);
    if (away !== undefined)
      await declineStandingIn(this.#office.flow, { ...this.#office, slackUserId, awayRepId: away.id });
  }
}

function somebody(who: number): Person {
  return EVERYBODY[who % EVERYBODY.length] ?? MIA;
}
