import fc from 'fast-check';
import type { Answer } from '../../src/domain/cycle/answer.ts';
import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';
import { STAGES } from '../../src/domain/cycle/stage.ts';
import type { Trouble } from '../support/memory-slack.ts';
import { person } from '../support/office.ts';

/** Across the Atlantic and the world: their clocks change on different days, or never. */
export const MIA = person('Mia', { timeZone: 'Europe/Lisbon' });
export const STAFF = [
  person('Ana', { timeZone: 'Europe/Berlin' }),
  person('Ben', { timeZone: 'America/New_York' }),
  person('Cleo', { timeZone: 'Australia/Lord_Howe' }),
];

/** Fridays before the clocks change in one of the zones above, and a plain Monday. */
export const STARTS = [
  '2026-10-23T12:00:00Z',
  '2026-10-30T13:00:00Z',
  '2026-03-27T14:00:00Z',
  '2026-11-23T09:00:00Z',
];

export type Happening =
  | { kind: 'update'; change: Partial<DealUpdate>; hoursAgo: number; closedHoursAgo: number | null }
  | { kind: 'close'; who: number; trouble: Trouble | null; minutes: number[] }
  | { kind: 'evening'; who: number }
  | { kind: 'again'; pick: number }
  | { kind: 'answer'; pick: number; answer: Answer; inDays: number }
  | { kind: 'stale answer'; pick: number; answer: Answer }
  | { kind: 'person'; who: number; active: boolean }
  | { kind: 'pass'; minutes: number }
  | { kind: 'trouble'; trouble: Trouble };

/** One of them under two names, one known by name only. */
const clients = [
  { id: 'A-1', name: 'Acme' },
  { id: 'A-1', name: 'Acme Ltd' },
  { id: 'A-2', name: 'Bolt & Co' },
  { name: 'Corner Shop' },
];

export const anyClient = (): fc.Arbitrary<DealUpdate['account']> => fc.constantFrom(...clients);

/** By e-mail, by name, by both; and one whom Slack does not know. */
const owners = [
  ...STAFF.map(({ email }) => ({ email })),
  { name: 'Ben Example' },
  { email: 'mia@example.com', name: 'Mia Example' },
  { name: 'Zoe Nowhere' },
];
const anyMoney = () => fc.nat(99_999).map((n) => ({ value: `${n}.00`, currency: 'USD' }));

/** What a source may say of a few deals with a few accounts. */
export function anyChange(client = anyClient()): fc.Arbitrary<Partial<DealUpdate>> {
  return fc.record(
    {
      dealId: fc.constantFrom('D-1', 'D-2', 'D-3'),
      account: client,
      status: fc.constantFrom('open', 'open', 'won', 'won', 'lost', 'deleted'),
      owner: fc.constantFrom(...owners),
      stage: fc.constantFrom(...STAGES),
      amount: anyMoney(),
    },
    { requiredKeys: ['dealId', 'account', 'status', 'owner'] },
  ) as fc.Arbitrary<Partial<DealUpdate>>;
}

const anyNeeds = () =>
  fc.array(fc.record({ words: fc.constantFrom('a second site', 'training') }), { maxLength: 2 });

const anyStep = () =>
  fc.constantFrom(
    { kind: 'engage_heard', index: 0 } as const,
    { kind: 'return', on: '2026-12-31' } as const,
    undefined,
  );

export function anyAnswer(): fc.Arbitrary<Answer> {
  const to = fc.constantFrom(...STAGES);
  const seesValue = fc.constantFrom('yes', 'partly', 'not_yet');
  const verification = fc.record({
    who: fc.constant('Dana'),
    seesValue,
    words: fc.constant('it saves hours'),
    heldOn: fc.constant('2026-11-23'),
  });
  return fc.oneof(
    fc.record({ kind: fc.constant('moved'), to }),
    fc.record({ kind: fc.constant('won'), amount: anyMoney() }),
    fc.record({ kind: fc.constant('lost'), reason: fc.constant('price') }),
    fc.record({ kind: fc.constant('later'), on: fc.constant('2026-12-01') }),
    {
      arbitrary: fc.record({
        kind: fc.constant('verified'),
        verification,
        needs: anyNeeds(),
        next: anyStep(),
      }),
      weight: 3,
    },
    { arbitrary: fc.record({ kind: fc.constant('next'), needs: anyNeeds(), step: anyStep() }), weight: 2 },
  ) as fc.Arbitrary<Answer>;
}

const minutes = () =>
  fc.oneof(fc.nat(30), fc.nat(600), fc.constantFrom(1440, 3 * 1440, 7 * 1440, 40 * 1440, 100 * 1440));

export function anyHappening(): fc.Arbitrary<Happening> {
  const pick = fc.nat(50);
  return fc.oneof(
    { arbitrary: anyClose(), weight: 5 },
    {
      arbitrary: fc.record({ kind: fc.constant('evening' as const), who: fc.nat(STAFF.length - 1) }),
      weight: 3,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('update' as const),
        change: anyChange(),
        hoursAgo: fc.constantFrom(0, 0, 0, 1, 30, 300),
        closedHoursAgo: fc.constantFrom(null, null, 1, 50, 2000),
      }),
      weight: 6,
    },
    { arbitrary: fc.record({ kind: fc.constant('again' as const), pick }), weight: 1 },
    {
      arbitrary: fc.record({
        kind: fc.constant('answer' as const),
        pick,
        answer: anyAnswer(),
        inDays: fc.nat(200),
      }),
      weight: 6,
    },
    {
      arbitrary: fc.record({ kind: fc.constant('stale answer' as const), pick, answer: anyAnswer() }),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('person' as const),
        who: fc.nat(STAFF.length - 1),
        active: fc.boolean(),
      }),
      weight: 2,
    },
    { arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: minutes() }), weight: 6 },
    { arbitrary: fc.record({ kind: fc.constant('trouble' as const), trouble: anyTrouble() }), weight: 2 },
  );
}

const anyTrouble = () =>
  fc.constantFrom<Trouble>(
    'ambiguous_posted',
    'ambiguous_lost',
    'later',
    'refused',
    'dies_after',
    'dies_before',
    'person_gone',
    'person_unknown',
  );

/** A fresh close, whose first message Slack may not take, and the minutes that follow it. */
function anyClose(): fc.Arbitrary<Happening> {
  return fc.record({
    kind: fc.constant('close' as const),
    who: fc.nat(STAFF.length - 1),
    trouble: fc.option<Trouble>(anyTrouble()),
    minutes: fc.array(fc.constantFrom(1, 2, 5, 700), { maxLength: 3 }),
  });
}
