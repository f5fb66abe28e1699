import { z } from 'zod';
import type { DealUpdate } from '../../domain/cycle/deal-update.ts';
import { STAGES } from '../../domain/cycle/stage.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { isCurrency, isDecimal } from '../../domain/money.ts';

/** What is wrong with a body, and where: `events[3].deal.amount.value`. It never repeats what was sent. */
export interface Fault {
  path: string;
  reason: string;
}

export type Reading = { kind: 'read'; updates: DealUpdate[] } | { kind: 'refused'; faults: Fault[] };

export const MAX_EVENTS = 500;
export const MAX_FAULTS = 20;

/** PostgreSQL keeps no year 0, and no deal lies outside of this. */
const EARLIEST = Date.parse('1900-01-01T00:00:00Z');
const LATEST = Date.parse('2200-01-01T00:00:00Z');

/**
 * Reads the hook's body, one event or an array of up to MAX_EVENTS, into deal updates of `source`: all of them or
 * none. `now` bounds what has been, which may lie at most a day ahead (clocks differ, and so do zones).
 */
export function readEvents(body: unknown, source: string, now: Date): Reading {
  if (!Array.isArray(body)) return readEvent(body, source, now);
  if (body.length > MAX_EVENTS) {
    return refused([{ path: 'events', reason: `must be at most ${MAX_EVENTS}: send the rest apart` }]);
  }
  const updates: DealUpdate[] = [];
  const faults: Fault[] = [];
  for (const [index, event] of body.entries()) {
    const reading = readEvent(event, source, now, `events[${index}]`);
    if (reading.kind === 'read') updates.push(...reading.updates);
    else faults.push(...reading.faults);
    if (faults.length >= MAX_FAULTS) break;
  }
  return faults.length > 0 ? refused(faults) : { kind: 'read', updates };
}

/** Reads one event. `at` is the path of the event itself; without one, paths begin inside of it. */
export function readEvent(event: unknown, source: string, now: Date, at = ''): Reading {
  const parsed = dealEvent.safeParse(event, { error: reasonOf });
  const faults = (parsed.error?.issues ?? []).map((issue) => ({
    path: joined(at, issue.path) || 'body',
    reason: issue.message,
  }));
  for (const { path, time } of parsed.success ? timesIn(parsed.data) : timesThatHaveBeen(event)) {
    if (time.getTime() <= now.getTime() + DAY_MS) continue;
    faults.push({ path: joined(at, path), reason: 'must not be more than a day ahead' });
  }
  if (!parsed.success || faults.length > 0) return refused(faults);
  return { kind: 'read', updates: [toUpdate(parsed.data, source)] };
}

const TIMES = [['occurred_at'], ['deal', 'opened_at'], ['deal', 'closed_at']] as const;

interface TimeAt {
  path: readonly string[];
  time: Date;
}

/** The times that have been. The close of an open deal is a plan, and may lie ahead. */
function timesIn({ type, occurred_at, deal }: DealEvent): TimeAt[] {
  const isOpen = type === 'deal.updated' && deal.status === 'open';
  const times = [occurred_at, deal.opened_at, isOpen ? undefined : deal.closed_at];
  return TIMES.flatMap((path, index) => {
    const time = times[index];
    return time === undefined ? [] : [{ path, time }];
  });
}

/** The same of an event with whatever else that is wrong. */
function timesThatHaveBeen(event: unknown): TimeAt[] {
  const isOpen = status.safeParse(valueAt(event, ['deal', 'status'])).data === 'open';
  return TIMES.flatMap((path) => {
    const time = instant.safeParse(valueAt(event, path)).data;
    return time === undefined || (isOpen && path[1] === 'closed_at') ? [] : [{ path, time }];
  });
}

function valueAt(event: unknown, path: readonly string[]): unknown {
  return path.reduce((within, key) => (within as Record<string, unknown> | null)?.[key], event);
}

function refused(faults: Fault[]): Reading {
  return { kind: 'refused', faults: faults.slice(0, MAX_FAULTS) };
}

function joined(at: string, path: readonly PropertyKey[]): string {
  return [...(at === '' ? [] : [at]), ...path.map(String)].join('.');
}

function toUpdate({ id, type, occurred_at, deal }: DealEvent, source: string): DealUpdate {
  return {
    source,
    eventId: id,
    occurredAt: occurred_at,
    dealId: deal.id,
    account: deal.account,
    status: type === 'deal.deleted' ? 'deleted' : deal.status,
    owner: deal.owner,
    name: deal.name,
    url: deal.url,
    stage: deal.stage,
    amount: deal.amount,
    openedAt: deal.opened_at,
    closedAt: deal.closed_at,
  };
}

/** Sources send `null` for what they do not know: it is the same as leaving it out. */
function optional<S extends z.ZodType>(schema: S) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** Text on one line. PostgreSQL keeps neither NUL nor half a surrogate pair; nobody means the other controls. */
function text(max: number) {
  return z
    .string()
    .transform((value) => value.replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(max)
        .refine((value) => !/\p{Cc}/u.test(value) && value.isWellFormed(), {
          error: 'must be plain text without control characters',
        }),
    );
}

const instant = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine((at) => at.getTime() >= EARLIEST && at.getTime() < LATEST, {
    error: 'must lie between the years 1900 and 2200',
  });

const status = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['open', 'won', 'lost']));

const amount = z.object({
  value: z.string().refine(isDecimal, {
    error: 'must be an exact decimal such as "4514.00": up to 15 digits before and 4 after the point',
  }),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .refine(isCurrency, { error: 'must be an ISO 4217 code such as USD' }),
});

const owner = z
  .object({
    email: optional(z.string().trim().toLowerCase().pipe(z.email().max(254))),
    name: optional(text(200)),
  })
  .refine((it) => it.email !== undefined || it.name !== undefined, { error: 'must have an email or a name' });

const account = z.object({ id: optional(text(200)), name: text(200) });

/** Where a browser can go. Without the protocol it could be a script. */
const address = z
  .string()
  .trim()
  .pipe(z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }))
  .transform((value) => new URL(value).href)
  .pipe(z.string().max(500));

const deal = z.object({
  id: text(200),
  account,
  owner: optional(owner),
  name: optional(text(300)),
  url: optional(address),
  stage: optional(z.string().trim().toLowerCase().pipe(z.enum(STAGES))),
  amount: optional(amount),
  opened_at: optional(instant),
  closed_at: optional(instant),
});

const happened = { id: text(255), occurred_at: instant };

// Unknown keys are ignored: sources grow fields.
const dealEvent = z.discriminatedUnion('type', [
  z.object({ ...happened, type: z.literal('deal.updated'), deal: deal.extend({ status }) }),
  z.object({
    ...happened,
    type: z.literal('deal.deleted'),
    deal: deal.extend({ account: optional(account) }),
  }),
]);

type DealEvent = z.output<typeof dealEvent>;

const KINDS: Record<string, string> = { string: 'text in quotes', object: 'an object', array: 'a list' };

const FORMATS: Record<string, string> = {
  email: 'must be an e-mail address',
  datetime: 'must be a date and time with its offset, such as 2026-11-23T09:00:00Z',
};

function reasonOf(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_union') return 'must be deal.updated or deal.deleted';
  if (issue.input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return 'must not be empty';
    case 'too_big':
      return `must be at most ${issue.maximum} characters`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? `must be in the form ${issue.format}`;
    default:
      return 'is not understood';
  }
}
