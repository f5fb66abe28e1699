import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Store } from '../../src/db/store.ts';
import { saveWorkspace } from '../../src/db/who/workspace.ts';
import { DEFAULT_PLAYBOOK } from '../../src/domain/asking/playbook.ts';
import { claimDueBundles } from '../../src/flow/asking/claim-bundles.ts';
import { gatherDealUpdates } from '../../src/flow/intake/gather-deal-updates.ts';
import type { Flow } from '../../src/flow/ports.ts';
import { SlackStandIn, type StandInOptions } from '../../src/sandbox/stand-in/stand-in.ts';
import type { Click, Shown, StandInMessage, StandInView } from '../../src/sandbox/stand-in/types.ts';
import { slackApp } from '../../src/slack/app.ts';
import { digestMessage } from '../../src/slack/digest/digest.ts';
import { refusedDigestMessage } from '../../src/slack/digest/refused-digest.ts';
import { handOverMessage } from '../../src/slack/hand-over/message.ts';
import { homeView } from '../../src/slack/home/draw.ts';
import { adminSummaryMessage } from '../../src/slack/people/admin-summary.ts';
import { noticeMessage } from '../../src/slack/people/notice.ts';
import { drawBundle } from '../../src/slack/prompt/prompt.ts';
import { Pace } from '../../src/slack/send/pace.ts';
import { Sender } from '../../src/slack/send/sender.ts';
import { dealUpdate } from '../support/deal-updates.ts';
import { JobRunner } from '../support/job-runner.ts';
import { neverFails } from '../support/never-fails.ts';
import { MONDAY } from '../support/office.ts';
import { PATIENT_SLACK } from '../support/patience.ts';
import { TestClock } from '../support/test-clock.ts';
import { recordingLog } from '../web/recording-log.ts';

export type Mode = 'socket' | 'http';

const ana = { id: 'U0ANA', name: 'ana', realName: 'Ana Lima', email: 'ana@example.com', tz: 'Europe/Lisbon' };
let sides = 0;

/** The product's Slack side against the stand-in, over real sockets or HTTP; Ana has just been asked about Acme. */
export class SlackSide {
  readonly slack: SlackStandIn;
  readonly flow: Flow;
  readonly logged = recordingLog();
  readonly jobs: JobRunner;
  readonly clock: TestClock;

  readonly dm: string;
  readonly #pace = new Pace();

  private constructor(slack: SlackStandIn, store: Store, clock: TestClock) {
    const { log } = this.logged;
    const draw = {
      bundle: drawBundle,
      home: homeView,
      digest: digestMessage,
      refusedDigest: refusedDigestMessage,
      adminSummary: adminSummaryMessage,
      notice: noticeMessage,
      handOver: handOverMessage,
    };
    const sender = new Sender({ token: slack.botToken, apiUrl: slack.apiUrl, draw, pace: this.#pace, log });
    this.slack = slack;
    this.clock = clock;
    this.flow = { store, slackOf: () => sender, now: clock.now, log, defaults: DEFAULT_PLAYBOOK };
    this.jobs = new JobRunner(this.flow, clock, slack.team.id);
    this.dm = slack.dm(ana.id);
  }

  /** Ana has just won Acme and was asked about it; everything stops when the test ends. */
  static async open(store: Store, mode: Mode = 'socket', options: StandInOptions = {}): Promise<SlackSide> {
    sides += 1;
    const clock = new TestClock(MONDAY);
    const team = { id: `T0SIDE${sides}`, name: 'Acme Sales' };
    const slack = new SlackStandIn({
      ...{ users: [ana], clock: clock.now, retryDelaysMs: [0, 0, 0], ...PATIENT_SLACK, ...options },
      team: { ...team, ...options.team },
    });
    await slack.start();
    onTestFinished(() => slack.stop());
    const side = new SlackSide(slack, store, clock);
    await side.#connect(mode);
    await side.#win();
    return side;
  }

  /** From now on the database is away. */
  loseStore(): void {
    const away = async () => {
      throw new Error('the database is away');
    };
    this.flow.store = { transaction: away, read: away } as unknown as Store;
  }

  /** The database stores nothing until the returned function is called; then it stores what waited. */
  stallStore(): () => void {
    const whole = this.flow.store;
    const { promise: goesOn, resolve } = Promise.withResolvers<void>();
    const transaction: Store['transaction'] = async (work) => {
      await goesOn;
      return await whole.transaction(work);
    };
    this.flow.store = { transaction, read: whole.read.bind(whole) } as unknown as Store;
    return () => {
      this.flow.store = whole;
      resolve();
    };
  }

  asked(): StandInMessage {
    const [message] = this.slack.messages(this.dm);
    if (message === undefined) throw new Error('nobody was asked');
    return message;
  }

  /** What the question and its answers look like now, once all that follows from the last answer is done. */
  async drawn(): Promise<string> {
    await this.jobs.runDue();
    return JSON.stringify(this.asked().blocks);
  }

  async click(action: Click): Promise<Shown> {
    return await this.slack.click(ana.id, { channel: this.dm, ts: this.asked().ts }, action);
  }

  async openForm(actionId: string): Promise<StandInView> {
    await this.click({ actionId });
    return await this.slack.until('the form', () => this.slack.openViews(ana.id)[0]);
  }

  /** Says in the form whether the client sees it: what comes next follows that. */
  async sees(form: StandInView, value: 'yes' | 'partly' | 'not_yet'): Promise<void> {
    await this.slack.click(ana.id, { viewId: form.id }, { actionId: 'form_sees', value });
    const next = value === 'yes' ? '"step"' : 'repair_what';
    await this.slack.until('what follows', () => {
      const [shown] = this.slack.openViews(ana.id);
      const isRedrawn = shown?.view.private_metadata?.includes('"isDrafted":true') === true;
      return isRedrawn && JSON.stringify(shown?.view).includes(next);
    });
  }

  async submit(form: StandInView, typed: Record<string, string>): Promise<Shown> {
    return await this.slack.submit(ana.id, form.id, inputs(typed));
  }

  /** The first question that Home shows, opened. */
  async openFirstInHome(): Promise<StandInView> {
    await this.slack.openHome(ana.id, 'home');
    const home = await this.slack.until('Home', () => this.slack.home(ana.id));
    const [blockId = ''] = /prompt:[^:"]+:open/.exec(JSON.stringify(home.view.blocks)) ?? [];
    await this.slack.click(ana.id, { viewId: home.id }, { actionId: 'prompt_open', blockId });
    return await this.slack.until('the question', () => this.slack.openViews(ana.id)[0]);
  }

  async turnTo(form: StandInView, page: string, until: string): Promise<void> {
    await this.slack.click(ana.id, { viewId: form.id }, { actionId: `form_page:${page}` });
    await this.slack.until(page, () => JSON.stringify(this.slack.openViews(ana.id)).includes(until));
  }

  fill(form: StandInView, typed: Record<string, string>): void {
    this.slack.fill(ana.id, { viewId: form.id }, inputs(typed));
  }

  /** Waits for something that only Ana sees, beginning with `text`. */
  async whispered(text: string): Promise<void> {
    await this.slack.until(`a whisper: ${text}`, () =>
      this.slack
        .messages(this.dm, ana.id)
        .some((message) => message.ephemeralFor && message.text.startsWith(text)),
    );
  }

  async #connect(mode: Mode): Promise<void> {
    const { slack, flow } = this;
    const how = mode === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret };
    const app = slackApp({
      ...{
        flow,
        botToken: slack.botToken,
        apiUrl: slack.apiUrl,
        pace: this.#pace,
        log: flow.log,
        onFailed: neverFails,
      },
      ...how,
    });
    onTestFinished(() => app.stop());
    if (app.requestListener !== undefined) slack.requestUrl = await served(app.requestListener);
    slack.optionsUrl = slack.requestUrl;
    await app.start();
    if (mode === 'socket') await slack.connected();
  }

  async #win(): Promise<void> {
    const { flow, slack, jobs } = this;
    await flow.store.transaction((tx) => saveWorkspace(tx, slack.team.id, 'Acme Sales', flow.now()));
    await gatherDealUpdates(flow)(slack.team.id, [dealUpdate({ status: 'won' })]);
    await jobs.runDue();
    await claimDueBundles(flow, slack.team.id);
    await jobs.runDue();
  }
}

export const ANA = ana;

function inputs(typed: Record<string, string>): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(typed).map(([blockId, value]) => {
      return [blockId, { [blockId === 'sees' ? 'form_sees' : 'value']: value }];
    }),
  );
}

/** The address of the listener on a server of its own. */
export async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
}
