import { sql } from 'drizzle-orm';
import { calendarOf } from '../../src/domain/asking/playbook.ts';
import { countWorkingDays } from '../../src/domain/asking/workday.ts';
import type { Answer } from '../../src/domain/cycle/answer.ts';
import type { Answered } from '../../src/flow/answers/receive-answer.ts';
import type { PromptView } from '../../src/flow/show/views.ts';
import { showsWork } from '../domain/asking/workday-oracle.ts';
import { breaches } from '../flow/model/breaches.ts';
import { select } from '../flow/model/select.ts';
import type { Message } from '../support/memory-slack.ts';
import type { Office } from '../support/office.ts';
import { type Actor, HOLIDAYS, type Quarter } from './team.ts';

/** One question put to a rep once. */
export interface Ask {
  at: Date;
  slackUserId: string;
  prompt: PromptView;
}

/** How long a question has waited, in working days of its rep. */
interface Wait {
  days: number;
  what: string;
}

/** Watches an office through the quarter. */
export class Watch {
  readonly office: Office;
  readonly actors: readonly Actor[];
  readonly quarter: Pick<Quarter, 'begin' | 'end'>;
  readonly refused = new Map<string, number>();
  longestWait: Wait = { days: 0, what: 'nothing had to wait' };
  worst = { live: 0, open: 0, at: null as Date | null, most: 0 };
  corrections = { done: 0, impossible: 0 };
  answers = 0;
  #live: Message[] = [];
  #read = 0;

  constructor(office: Office, actors: readonly Actor[], quarter: Pick<Quarter, 'begin' | 'end'>) {
    this.office = office;
    this.actors = actors;
    this.quarter = quarter;
  }

  answered(_prompt: PromptView, answer: Answer, answered: Answered): void {
    this.answers += 1;
    if (answered.kind === 'taken') return;
    const what = `${answer.kind}: ${answered.why}`;
    this.refused.set(what, (this.refused.get(what) ?? 0) + 1);
  }

  corrected(_prompt: PromptView, isDone: boolean): void {
    if (isDone) this.corrections.done += 1;
    else this.corrections.impossible += 1;
  }

  /** Looks at how long what is due has waited, just before some of it is sent. */
  async beforeSweep(): Promise<void> {
    const { office } = this;
    const now = office.clock.now();
    const due = await select<{ question: string; account: string; since: string; zone: string | null }>(
      office,
      sql`select p.question, a.name as account, coalesce(p.waiting_since, p.due_at)::text as since, r.time_zone as zone
        from prompts p
        join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
        join reps r on r.workspace_id = p.workspace_id and r.id = p.rep_id
        where p.workspace_id = ${office.workspaceId} and p.closed_at is null and p.bundle_id is null
          and p.unaskable_since is null and p.due_at <= ${now.toISOString()}::timestamptz`,
    );
    for (const { question, account, since, zone } of due) {
      const calendar = calendarOf(office.flow.defaults, { timeZone: zone, promptAt: null });
      const days = countWorkingDays(calendar, new Date(since), now);
      if (days > this.longestWait.days) this.longestWait = { days, what: `${question} of ${account}` };
    }
  }

  /** Counts the places at which each open question can be answered among the DMs. */
  async afterSweep(): Promise<void> {
    const { slack, clock } = this.office;
    for (; this.#read < slack.ledger.length; this.#read += 1) {
      const message = slack.ledger[this.#read];
      if (message?.bundle != null) this.#live.push(message);
    }
    const places = new Map<string, number>();
    this.#live = this.#live.filter((message) => {
      const { prompts = [], askedAgain = {} } = message.redrawn ?? message.bundle ?? {};
      const open = prompts.filter(({ promptId, state }) => {
        return state.kind === 'open' && askedAgain[promptId] === undefined;
      });
      for (const prompt of open) places.set(aboutOf(prompt), (places.get(aboutOf(prompt)) ?? 0) + 1);
      return open.length > 0;
    });
    const live = [...places.values()].reduce((sum, count) => sum + count, 0);
    const most = Math.max(0, ...places.values());
    this.worst.most = Math.max(this.worst.most, most);
    if (places.size > 0 && live * this.worst.open >= this.worst.live * places.size)
      this.worst = { ...this.worst, live, open: places.size, at: clock.now() };
  }

  /** Every ask of the quarter, in order. */
  asks(): Ask[] {
    return this.office.slack.ledger.flatMap(({ at, bundle, slackUserId }) =>
      (bundle?.prompts ?? []).flatMap((prompt) => {
        return prompt.state.kind !== 'open' || slackUserId === null ? [] : [{ at, slackUserId, prompt }];
      }),
    );
  }

  dms(): (Message & { slackUserId: string })[] {
    return this.office.slack.ledger.flatMap((message) => {
      const { slackUserId, bundle } = message;
      return slackUserId === null || bundle === null ? [] : [{ ...message, slackUserId }];
    });
  }

  /** DMs that came when their rep does not work, by another reckoning than the product's. */
  atBadTimes(): string[] {
    const { hours, days } = this.office.flow.defaults;
    const work = { hours, days, holidays: new Set(HOLIDAYS), promptAt: hours.from };
    return this.dms()
      .filter(({ at, timeZone }) => !showsWork({ ...work, timeZone: timeZone ?? 'UTC' }, at.getTime()))
      .map(({ at, slackUserId }) => `${slackUserId} was written to at ${at.toISOString()}`);
  }

  /** What is due at the end, was never asked, and waits for longer than it may. */
  async neverAsked(): Promise<number> {
    const { office } = this;
    const rows = await select<{ since: string; zone: string | null }>(
      office,
      sql`select coalesce(p.waiting_since, p.due_at)::text as since, r.time_zone as zone
        from prompts p join reps r on r.workspace_id = p.workspace_id and r.id = p.rep_id
        where p.workspace_id = ${office.workspaceId} and p.closed_at is null and p.asked = 0
          and coalesce(p.waiting_since, p.due_at) < ${office.clock.now().toISOString()}::timestamptz`,
    );
    const { waitAtMost } = office.flow.defaults;
    return rows.filter(({ since, zone }) => {
      const calendar = calendarOf(office.flow.defaults, { timeZone: zone, promptAt: null });
      return countWorkingDays(calendar, new Date(since), office.clock.now()) > waitAtMost;
    }).length;
  }

  /** Of the orders won in the quarter, how many got a promise or a talk, were seen, and how many needs were heard. */
  async closes(): Promise<Record<'won' | 'promised' | 'talked' | 'verified' | 'seen' | 'needs', number>> {
    const { workspaceId } = this.office;
    const { begin } = this.quarter;
    const [row] = await select<Record<'won' | 'promised' | 'talked' | 'verified' | 'seen' | 'needs', number>>(
      this.office,
      sql`with won as (
          select id, verified_at from engagements where workspace_id = ${workspaceId} and source = 'crm'
            and won_at >= ${begin.toISOString()}::timestamptz and ending is distinct from 'history'
        ), said as (
          select engagement_id, fact#>>'{answer,kind}' as kind from answers
          where workspace_id = ${workspaceId} and engagement_id in (select id from won)
        )
        select count(*)::int as won,
          (count(*) filter (where exists (select from said where engagement_id = won.id and kind = 'promised')))::int as promised,
          (count(*) filter (where exists (select from said where engagement_id = won.id
            and kind in ('promised', 'talk'))))::int as talked,
          (count(*) filter (where exists (select from said where engagement_id = won.id and kind = 'verified')))::int as verified,
          (count(*) filter (where verified_at is not null))::int as seen,
          (select count(*)::int from needs where workspace_id = ${workspaceId}) as needs
        from won`,
    );
    return row ?? { won: 0, promised: 0, talked: 0, verified: 0, seen: 0, needs: 0 };
  }

  /** What breaks any promise at the end. */
  async breaches(): Promise<string[]> {
    return await breaches(this.office);
  }
}

/** What a question is about, whichever prompt asks it. */
export function aboutOf({ question, engagement, account, rep }: PromptView): string {
  return `${question} of ${engagement?.id ?? `${account.id} for ${rep.id}`}`;
}
