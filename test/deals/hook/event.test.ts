import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_EVENTS, MAX_FAULTS, readEvents } from '../../../src/deals/hook/event.ts';
import { dealEvent } from './events.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

function read(body: unknown) {
  const reading = readEvents(body, 'hook', NOW);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.faults));
  return reading.updates;
}

function faults(body: unknown) {
  const reading = readEvents(body, 'hook', NOW);
  return reading.kind === 'refused' ? reading.faults : [];
}

describe('an event of the deal hook', () => {
  it('becomes a deal update, money kept exact and times as instants', () => {
    expect(read(dealEvent())).toEqual([
      {
        source: 'hook',
        eventId: 'evt_1',
        occurredAt: new Date('2026-11-23T09:00:00Z'),
        dealId: 'D-1',
        account: { id: 'A-1', name: 'Acme' },
        status: 'won',
        owner: { email: 'ana@example.com' },
        name: 'GTX Pro',
        stage: 'deliver',
        amount: { value: '4514.00', currency: 'USD' },
        openedAt: new Date('2026-10-01T06:00:00Z'),
        closedAt: new Date('2026-11-22T23:00:00Z'),
      },
    ]);
  });

  it("carries where the deal is opened, as a browser's address only", () => {
    const url = ' https://crm.example.com/deals/1?tab=a|b ';
    expect(read(dealEvent({ url }))[0]?.url).toBe('https://crm.example.com/deals/1?tab=a|b');
    expect(faults(dealEvent({ url: 'javascript:alert(1)' }))).toEqual([
      { path: 'deal.url', reason: 'must be an http(s) address' },
    ]);
    expect(faults(dealEvent({ url: `https://crm.example.com/${'x'.repeat(500)}` }))).toEqual([
      { path: 'deal.url', reason: 'must be at most 500 characters' },
    ]);
  });

  it('may say that a deal was deleted without saying whose it was', () => {
    const deleted = { ...dealEvent(), type: 'deal.deleted', deal: { id: 'D-1' } };

    expect(read(deleted)).toMatchObject([{ dealId: 'D-1', status: 'deleted', account: undefined }]);
  });

  it('may leave out, or know nothing of, what is optional', () => {
    const bare = { id: 'D-1', account: { name: 'Acme' }, owner: { name: 'Ana' }, status: 'open' };
    const empty = { name: null, stage: null, amount: null, opened_at: null, closed_at: null };
    const updates = [{ deal: bare }, { deal: { ...bare, ...empty } }].flatMap((it) =>
      read({ ...dealEvent(), ...it }),
    );
    for (const update of updates) {
      expect(update).toMatchObject({ dealId: 'D-1', status: 'open', owner: { name: 'Ana' } });
      for (const field of ['name', 'stage', 'amount', 'openedAt', 'closedAt'] as const) {
        expect(update[field]).toBeUndefined();
      }
    }
  });

  it('says of a deleted deal that it is deleted, whatever its status was', () => {
    expect(read({ ...dealEvent(), type: 'deal.deleted' })[0]?.status).toBe('deleted');
    expect(read(dealEvent({ status: undefined }, { type: 'deal.deleted' }))[0]?.status).toBe('deleted');
  });

  it('may carry keys that nobody knows yet', () => {
    expect(read(dealEvent({ mood: 'good' }, { version: 7, ['__proto__']: { id: 'x' } }))).toHaveLength(1);
  });

  it('names stages and statuses in any case', () => {
    expect(read(dealEvent({ stage: ' Deliver ', status: 'WON' }))[0]).toMatchObject({
      stage: 'deliver',
      status: 'won',
    });
  });

  it.each([
    ['deal.amount.value', dealEvent({ amount: { value: 4514.1, currency: 'USD' } }), /text in quotes/],
    ['deal.amount.value', dealEvent({ amount: { value: '1e5', currency: 'USD' } }), /exact decimal/],
    ['deal.amount.value', dealEvent({ amount: { value: '0.00001', currency: 'USD' } }), /exact decimal/],
    ['deal.amount.currency', dealEvent({ amount: { value: '1', currency: 'dollars' } }), /ISO 4217/],
    ['deal.amount.currency', dealEvent({ amount: { value: '1' } }), /missing/],
    ['deal.stage', dealEvent({ stage: 'Negotiation' }), /discover, develop, deliver, close, verify, next/],
    ['deal.status', dealEvent({ status: 'maybe' }), /open, won, lost/],
    ['deal.status', dealEvent({ status: undefined }), /missing/],
    ['deal.account', dealEvent({ account: undefined }), /missing/],
    ['deal.account.name', dealEvent({ account: { name: '  ' } }), /empty/],
    ['deal.account.name', dealEvent({ account: { name: 'a'.repeat(201) } }), /200/],
    ['deal.account.name', dealEvent({ account: { name: 'Ac\u0000me' } }), /plain text/],
    ['deal.account.name', dealEvent({ account: { name: 'Ac\ud800me' } }), /plain text/],
    ['deal.owner', dealEvent({ owner: {} }), /email or a name/],
    ['deal.owner.email', dealEvent({ owner: { email: 'ana' } }), /e-mail/],
    ['deal.closed_at', dealEvent({ closed_at: '2026-11-22' }), /offset/],
    ['deal.closed_at', dealEvent({ closed_at: '2026-02-30T00:00:00Z' }), /offset/],
    ['deal.opened_at', dealEvent({ opened_at: '0000-01-01T00:00:00Z' }), /1900/],
    ['occurred_at', dealEvent({}, { occurred_at: '2026-11-24T12:00:01Z' }), /day ahead/],
    ['deal.closed_at', dealEvent({ closed_at: '2026-11-24T12:00:01Z' }), /day ahead/],
    ['deal.opened_at', dealEvent({ opened_at: '2199-12-31T00:00:00Z' }), /day ahead/],
    ['occurred_at', dealEvent({}, { occurred_at: 1_795_000_000 }), /text in quotes/],
    ['type', dealEvent({}, { type: 'deal.created' }), /deal\.updated or deal\.deleted/],
    ['id', dealEvent({}, { id: 'x'.repeat(256) }), /255/],
    ['body', 'hello', /object/],
    ['body', null, /object/],
  ])('is refused for a bad %s', (path, body, reason) => {
    expect(faults(body)).toEqual([{ path, reason: expect.stringMatching(reason) }]);
  });

  it('may lie a day ahead, for clocks and zones differ', () => {
    expect(read(dealEvent({}, { occurred_at: '2026-11-24T12:00:00Z' }))).toHaveLength(1);
  });

  it('may name the day on which an open deal is expected to close', () => {
    const open = dealEvent({ status: 'open', closed_at: '2027-03-31T00:00:00Z' });
    expect(read(open)).toMatchObject([{ status: 'open', closedAt: new Date('2027-03-31T00:00:00Z') }]);
  });

  it('is refused with every fault at once', () => {
    const body = dealEvent(
      { status: 'maybe', amount: { value: 'much', currency: '?' } },
      { occurred_at: '2030-01-01T00:00:00Z' },
    );
    const paths = faults(body).map(({ path }) => path);
    expect(paths.sort()).toEqual(['deal.amount.currency', 'deal.amount.value', 'deal.status', 'occurred_at']);
  });
});

describe('an array of events', () => {
  it(`holds up to ${MAX_EVENTS}`, () => {
    const events = Array.from({ length: MAX_EVENTS + 1 }, (_, n) => dealEvent({}, { id: `evt_${n}` }));
    expect(read([])).toEqual([]);
    expect(read(events.slice(1)).map((it) => it.eventId)).toEqual(events.slice(1).map((it) => it.id));
    expect(faults(events)).toEqual([{ path: 'events', reason: expect.stringContaining('500') }]);
  });

  it('is refused as a whole, with the place of each fault', () => {
    const events = [dealEvent(), null, dealEvent(), dealEvent({ amount: { value: 'x', currency: 'USD' } })];
    expect(faults(events).map(({ path }) => path)).toEqual(['events[1]', 'events[3].deal.amount.value']);
  });

  it(`tells of ${MAX_FAULTS} faults at most`, () => {
    expect(faults(Array.from({ length: 400 }, () => ({ type: 'deal.updated' })))).toHaveLength(MAX_FAULTS);
  });
});

describe('whatever JSON comes', () => {
  const leaves = [
    'id',
    'occurred_at',
    'deal.id',
    'deal.name',
    'deal.stage',
    'deal.status',
    'deal.owner.email',
  ];
  const texts = [
    ...leaves,
    'deal.account.name',
    'deal.amount.value',
    'deal.amount.currency',
    'deal.closed_at',
  ];
  const places = [...texts, 'deal', 'deal.account', 'deal.owner', 'deal.amount', 'type'];

  it('is read or refused, and every refusal names a path and a reason', () => {
    const shaken = fc
      .tuple(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 3 }))
      .map(([path, value]) => planted(path, value));
    const bodies = fc.oneof(fc.jsonValue({ maxDepth: 6 }), shaken, fc.array(shaken, { maxLength: 30 }));
    fc.assert(
      fc.property(bodies, (body) => {
        const reading = readEvents(body, 'hook', NOW);
        if (reading.kind === 'read')
          return reading.updates.length === (Array.isArray(body) ? body.length : 1);
        const good = reading.faults.every(({ path, reason }) => path !== '' && reason !== '');
        return good && reading.faults.length > 0 && reading.faults.length <= MAX_FAULTS;
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never repeated in a refusal', () => {
    const secret = fc.constant('hunter2-hunter2');
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(secret, fc.array(secret), fc.dictionary(secret, secret)),
        (path, value) => {
          expect(JSON.stringify(faults(planted(path, value)))).not.toContain('hunter2');
        },
      ),
    );
  });

  it('holds only what PostgreSQL can keep, once it is read', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(
        fc.constantFrom('id', 'deal.id', 'deal.name', 'deal.account.name'),
        anyText,
        (path, value) => {
          const reading = readEvents(planted(path, value), 'hook', NOW);
          if (reading.kind === 'refused') return true;
          const [update] = reading.updates;
          const texts = [update?.eventId, update?.dealId, update?.name, update?.account?.name];
          return texts.every((it) => it?.isWellFormed() && !it.includes('\u0000') && it.trim() !== '');
        },
      ),
    );
  });

  function planted(path: string, value: unknown): unknown {
    const body = structuredClone(dealEvent()) as Record<string, unknown>;
    const keys = path.split('.');
    const last = keys.pop() as string;
    const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, body);
    parent[last] = value;
    return body;
  }
});
