import type { Store } from '../../src/db/store.ts';
import { saveWorkspace } from '../../src/db/who/workspace.ts';
import { DEFAULT_PLAYBOOK, type Playbook } from '../../src/domain/asking/playbook.ts';
import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';
import { gatherDealUpdates } from '../../src/flow/intake/gather-deal-updates.ts';
import { readAllPeople } from '../../src/flow/people/read-people.ts';
import type { Flow, Log, Person } from '../../src/flow/ports.ts';
import { sweepWorkspace } from '../../src/flow/sweep.ts';
import { JobRunner } from './job-runner.ts';
import { MemorySlack } from './memory-slack.ts';
import { TestClock } from './test-clock.ts';

/** A Monday morning in working time. */
export const MONDAY = '2026-11-23T09:00:00Z';

const silence: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

let offices = 0;

/** A workspace with people, a clock and a Slack of its own, on a database that it may share. */
export class Office {
  readonly workspaceId: string;
  readonly clock: TestClock;
  readonly slack: MemorySlack;
  readonly flow: Flow;
  readonly jobs: JobRunner;

  private constructor(workspaceId: string, clock: TestClock, slack: MemorySlack, flow: Flow) {
    this.workspaceId = workspaceId;
    this.clock = clock;
    this.slack = slack;
    this.flow = flow;
    this.jobs = new JobRunner(flow, clock, workspaceId);
  }

  static async open(store: Store, options: OfficeOptions = {}): Promise<Office> {
    offices += 1;
    const workspaceId = options.workspaceId ?? `T${String(offices).padStart(6, '0')}`;
    const clock = options.clock ?? new TestClock(options.start ?? MONDAY);
    const slack = new MemorySlack(clock.now, options.people ?? [ANA, BEN]);
    const defaults = { ...DEFAULT_PLAYBOOK, ...options.playbook };
    const log = options.log ?? silence;
    const flow: Flow = {
      store,
      slackOf: () => slack,
      now: clock.now,
      log,
      defaults,
      admins: options.admins ?? [],
    };
    await store.transaction((tx) => saveWorkspace(tx, workspaceId, 'Test', clock.now()));
    await readAllPeople(flow, { workspaceId });
    return new Office(workspaceId, clock, slack, flow);
  }

  /** Another process at work for the same workspace, with the same clock and Slack. */
  secondProcess(): Office {
    return new Office(this.workspaceId, this.clock, this.slack, this.flow);
  }

  /** Takes deal updates in and works all that follows at this instant. */
  async receive(...updates: DealUpdate[]): Promise<void> {
    await gatherDealUpdates(this.flow)(this.workspaceId, updates);
    await this.jobs.runDue();
  }

  /** The heartbeat for this workspace, and what follows from it at this instant. */
  async sweep(): Promise<void> {
    await sweepWorkspace(this.flow, this.workspaceId);
    await this.jobs.runDue();
  }
}

export interface OfficeOptions {
  workspaceId?: string;
  people?: readonly Person[];
  /** When the clock starts; MONDAY when not told. */
  start?: string | Date;
  /** A clock that several offices share. */
  clock?: TestClock;
  playbook?: Partial<Playbook>;
  admins?: readonly string[];
  log?: Log;
}

/** A person in Slack whose names and address follow from their first name. */
export function person(name: string, change: Partial<Person> = {}): Person {
  const slackUserId = `U${name.toUpperCase()}`;
  const email = `${name.toLowerCase()}@example.com`;
  const names = { name: name.toLowerCase(), realName: `${name} Example`, displayName: name };
  return { slackUserId, email, ...names, timeZone: 'UTC', active: true, ...change };
}

export const ANA = person('Ana');
export const BEN = person('Ben');
