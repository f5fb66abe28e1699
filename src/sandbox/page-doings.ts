import { z } from 'zod';
import type { ClockMove, CommandHint, DealAct, HookAnswer, NewDeal, SandboxDeal } from './page/wire.ts';
import type { Slack } from './stand-in/slack.ts';

/** What the panel beside the conversations drives: the made-up CRM and the clock. */
export interface SandboxControls {
  now(): Date;
  /** The stages a deal can be moved to, in order. */
  readonly stages: readonly string[];
  /** What stands under each person's name in "act as": user id → `rep`, `manager`. */
  readonly roles: Readonly<Record<string, string>>;
  /** What is offered to somebody who begins a slash command. */
  readonly commands: readonly CommandHint[];
  /** Why that person does not work today: `weekend`, `holiday`, `away`; undefined when they do. */
  dayOff(userId: string): Promise<string | undefined>;
  deals(): Promise<SandboxDeal[]>;
  /** `stage` is given for `move` only. The answer is the product's own, whatever its status. */
  act(dealId: string, act: DealAct, stage?: string): Promise<HookAnswer>;
  addDeal(deal: NewDeal): Promise<HookAnswer>;
  /** Resolves when the clock stands there and what was due by then has been set going. */
  moveClock(to: ClockMove): Promise<void>;
}

/** Said to the page instead of done. */
export class Refusal extends Error {
  readonly status: number;
  constructor(message: string, { status, ...options }: ErrorOptions & { status: number }) {
    super(message, options);
    this.status = status;
  }
}

type Doing = (body: unknown) => Promise<unknown>;

function doing<S extends z.ZodType>(schema: S, run: (input: z.output<S>) => Promise<unknown>): Doing {
  return async (body) => {
    const input = schema.safeParse(body);
    if (!input.success) throw new Refusal(z.prettifyError(input.error), { status: 400 });
    return (await run(input.data)) ?? { ok: true };
  };
}

const id = z.string().min(1);
const values = z.record(id, z.record(id, z.union([z.string(), z.array(z.string()), z.null()])));
const message = z.strictObject({ channel: id, ts: id });
const typed = z.strictObject({ actionId: id, blockId: id.exactOptional(), value: z.string() });
const where = z.union([message, z.strictObject({ viewId: id })]);
const click = z.strictObject({
  actionId: id,
  blockId: id.exactOptional(),
  value: z.union([z.string(), z.array(z.string()), z.null()]).exactOptional(),
  state: values.exactOptional(),
});
const money = z.strictObject({
  value: z.string().regex(/^\d+(\.\d+)?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
const words = z.string().trim().min(1).max(200);
const newDeal = z.strictObject({
  name: words,
  account: words,
  ownerId: id,
  stage: id,
  amount: money.nullable(),
});

/** Everything that can be done on the page: the path that it is posted to, and what it does. */
export function whatPeopleDo(slack: Slack, controls: SandboxControls): Map<string, Doing> {
  return new Map([...inSlack(slack), ...outside(controls)]);
}

const user = { user: id };

function inSlack(slack: Slack): [string, Doing][] {
  return [
    [
      '/api/say',
      doing(
        z.strictObject({ ...user, channel: id, text: z.string().min(1), threadTs: id.exactOptional() }),
        (it) => slack.say(it.user, it.channel, it.text, it.threadTs ? { threadTs: it.threadTs } : {}),
      ),
    ],
    [
      '/api/command',
      doing(z.strictObject({ ...user, channel: id, command: id, text: z.string() }), (it) =>
        slack.command(it.user, it.channel, it.command, it.text),
      ),
    ],
    [
      '/api/click',
      doing(z.strictObject({ ...user, where, click }), (it) => slack.click(it.user, it.where, it.click)),
    ],
    [
      '/api/suggest',
      doing(z.strictObject({ ...user, where, typed }), (it) => slack.suggest(it.user, it.where, it.typed)),
    ],
    [
      '/api/shortcut',
      doing(z.strictObject({ ...user, callbackId: id, on: message.exactOptional() }), (it) =>
        slack.shortcut(it.user, it.callbackId, it.on),
      ),
    ],
    [
      '/api/submit',
      doing(z.strictObject({ ...user, viewId: id, values }), (it) =>
        slack.submit(it.user, it.viewId, it.values),
      ),
    ],
    [
      '/api/close',
      doing(z.strictObject({ ...user, viewId: id, all: z.boolean() }), (it) =>
        slack.close(it.user, it.viewId, { all: it.all }),
      ),
    ],
    [
      '/api/home',
      doing(z.strictObject({ ...user, tab: z.enum(['home', 'messages']) }), (it) =>
        slack.openHome(it.user, it.tab),
      ),
    ],
    [
      '/api/read',
      doing(z.strictObject({ ...user, channel: id }), async (it) => slack.read(it.user, it.channel)),
    ],
  ];
}

function outside(controls: SandboxControls): [string, Doing][] {
  return [
    [
      '/api/crm/act',
      doing(
        z.strictObject({ dealId: id, act: z.enum(['win', 'lose', 'move']), stage: id.exactOptional() }),
        (it) => controls.act(it.dealId, it.act, it.stage),
      ),
    ],
    ['/api/crm/add', doing(newDeal, (it) => controls.addDeal(it))],
    [
      '/api/crm/clock',
      doing(z.strictObject({ to: z.enum(['hour', 'morning', 'week', 'month']) }), (it) =>
        controls.moveClock(it.to),
      ),
    ],
  ];
}
