import fc from 'fast-check';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { STAGES } from '../../../src/domain/cycle/stage.ts';
import type { Trouble } from '../../support/memory-slack.ts';
import { anyMoney, anySaying, type Saying } from './answers.ts';
import { ACCOUNTS, EVERYBODY, OWNERS, REPS, ZONES } from './cast.ts';

/** What a source tells of a deal, so many hours after it happened; how long before that it was opened and closed. */
export interface News {
  change: Partial<DealUpdate>;
  hoursAgo: number;
  closedHoursAgo: number | null;
  openedHoursAgo: number | null;
}

/** One thing that happens in an office. `who` counts people, `pick` what there is to pick from. */
export type Step =
  /** `isCut`: the process dies after they are stored, and the jobs are lost with it. */
  | { kind: 'news'; news: News[]; isCut: boolean }
  | { kind: 'close'; who: number; trouble: Trouble | null; minutes: number[] }
  | { kind: 'again'; pick: number }
  | { kind: 'answer'; pick: number; saying: Saying }
  | { kind: 'stale answer'; pick: number; saying: Saying }
  /** `pick`: of what it may be, where that is asked. */
  /** An answer, taken back at once: all is as it was. */
  | { kind: 'slip'; pick: number; saying: Saying }
  /** Something told earlier is taken back, and put back again where `isBack`. */
  | { kind: 'put right'; pick: number; hanging: 'take_back' | 'keep'; isBack: boolean }
  | { kind: 'order'; who: number; account: string; amount: string | null; pick: number }
  | { kind: 'need'; who: number; account: string }
  | { kind: 'note'; who: number; text: string }
  /** Somebody says that two accounts are one client. */
  | { kind: 'same client'; pick: number; as: number }
  /** Somebody says whether what was told is the deal's order. */
  | { kind: 'same order'; pick: number; isSame: boolean }
  | { kind: 'take back'; pick: number }
  /** Somebody asks a colleague to take a deal on, or answers what they were asked. */
  | { kind: 'hand over'; pick: number; to: number; what: 'propose' | 'take' | 'decline' | 'withdraw' }
  /** A colleague takes a deal on, and that is taken back at once: all is as it was. */
  | { kind: 'hand over in vain'; pick: number; to: number }
  /** `isHeard`: Slack tells of it at once; else it shows when somebody looks. */
  | { kind: 'leave'; who: number; isHeard: boolean }
  | { kind: 'come'; who: number; isHeard: boolean }
  | { kind: 'everybody leaves' }
  | { kind: 'move'; who: number; timeZone: string }
  | { kind: 'lead'; who: number; by: number }
  /** In so many days and for so many; `delegate` counts people. */
  | { kind: 'away'; who: number; inDays: number; days: number; delegate: number | null }
  | { kind: 'back'; who: number }
  | { kind: 'decline'; who: number }
  | { kind: 'value talks'; who: number; colleague: number | null }
  | { kind: 'pass'; minutes: number }
  | { kind: 'evening'; who: number }
  | { kind: 'trouble'; trouble: Trouble }
  /** Two processes sweep and work at the same time. */
  | { kind: 'two sweeps' };

/** Most often such as leave Slack with the message and us without its answer. */
const anyTrouble = () =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Trouble>('ambiguous_posted', 'dies_after') },
    { weight: 2, arbitrary: fc.constantFrom<Trouble>('ambiguous_lost', 'later', 'refused', 'dies_before') },
    { weight: 1, arbitrary: fc.constantFrom<Trouble>('person_gone', 'person_unknown') },
  );

export const anyAccount = (): fc.Arbitrary<DealUpdate['account']> => fc.constantFrom(...ACCOUNTS);

/** What a source may say of a few deals with a few accounts. */
export function anyChange(account = anyAccount()): fc.Arbitrary<Partial<DealUpdate>> {
  return fc.record(
    {
      dealId: fc.constantFrom('D-1', 'D-2', 'D-3', 'D-4'),
      account,
      status: fc.constantFrom('open', 'open', 'won', 'won', 'lost', 'deleted'),
      owner: fc.constantFrom(...OWNERS),
      stage: fc.constantFrom(...STAGES),
      amount: anyMoney(),
    },
    { requiredKeys: ['dealId', 'account', 'status', 'owner'] },
  ) as fc.Arbitrary<Partial<DealUpdate>>;
}

export function anyNews(account = anyAccount()): fc.Arbitrary<News> {
  return fc.record({
    change: anyChange(account),
    hoursAgo: fc.constantFrom(0, 0, 0, 1, 30, 300),
    closedHoursAgo: fc.constantFrom(null, null, 1, 50, 2000),
    openedHoursAgo: fc.constantFrom(null, null, 20, 3000),
  });
}

const anyMinutes = () =>
  fc.oneof(fc.nat(30), fc.nat(600), fc.constantFrom(1440, 3 * 1440, 7 * 1440, 40 * 1440, 100 * 1440));

const anyNames = () => fc.constantFrom(...new Set(ACCOUNTS.map(({ name }) => name)));

const anySpell = () => ({ inDays: fc.constantFrom(0, 0, 0, 1, 4), days: fc.constantFrom(1, 3, 10, 60) });

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;

function step<K extends Step['kind']>(
  kind: K,
  parts: { [P in Exclude<keyof StepOf<K>, 'kind'>]: fc.Arbitrary<StepOf<K>[P]> },
): fc.Arbitrary<Step> {
  return fc.record({ kind: fc.constant(kind), ...parts }) as unknown as fc.Arbitrary<Step>;
}

export function anyStep(): fc.Arbitrary<Step> {
  const pick = fc.nat(50);
  const rep = fc.nat(REPS.length - 1);
  const anybody = fc.nat(EVERYBODY.length - 1);
  const isHeard = fc.constantFrom(true, true, false);
  const saying = anySaying();
  const news = fc.array(anyNews(), { minLength: 1, maxLength: 3 });
  const close = {
    who: rep,
    trouble: fc.option(anyTrouble(), { freq: 3 }),
    minutes: fc.array(fc.constantFrom(1, 2, 5, 700), { minLength: 1, maxLength: 3 }),
  };
  const order = { who: rep, account: anyNames(), amount: fc.option(fc.constantFrom('4514', '99')), pick };
  return fc.oneof(
    { weight: 8, arbitrary: step('news', { news, isCut: fc.constant(false) }) },
    { weight: 1, arbitrary: step('news', { news, isCut: fc.constant(true) }) },
    { weight: 5, arbitrary: step('close', close) },
    { weight: 1, arbitrary: step('again', { pick }) },
    { weight: 8, arbitrary: step('answer', { pick, saying }) },
    { weight: 1, arbitrary: step('stale answer', { pick, saying }) },
    { weight: 3, arbitrary: step('slip', { pick, saying }) },
    {
      weight: 3,
      arbitrary: step('put right', {
        pick,
        hanging: fc.constantFrom('take_back', 'keep'),
        isBack: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: step('order', order) },
    { weight: 1, arbitrary: step('need', { who: rep, account: anyNames() }) },
    { weight: 1, arbitrary: step('note', { who: rep, text: anyNames() }) },
    { weight: 1, arbitrary: step('same client', { pick, as: pick }) },
    { weight: 1, arbitrary: step('same order', { pick, isSame: fc.boolean() }) },
    { weight: 1, arbitrary: step('take back', { pick }) },
    {
      weight: 5,
      arbitrary: step('hand over', {
        pick,
        to: pick,
        what: fc.constantFrom('propose', 'propose', 'propose', 'take', 'take', 'decline', 'withdraw'),
      }),
    },
    { weight: 2, arbitrary: step('hand over in vain', { pick, to: pick }) },
    { weight: 3, arbitrary: step('leave', { who: anybody, isHeard }) },
    { weight: 3, arbitrary: step('come', { who: anybody, isHeard }) },
    { weight: 1, arbitrary: step('everybody leaves', {}) },
    { weight: 3, arbitrary: step('move', { who: anybody, timeZone: fc.constantFrom(...ZONES) }) },
    { weight: 1, arbitrary: step('lead', { who: anybody, by: anybody }) },
    {
      weight: 3,
      arbitrary: step('away', { who: rep, ...anySpell(), delegate: fc.option(anybody, { freq: 4 }) }),
    },
    { weight: 1, arbitrary: step('back', { who: rep }) },
    { weight: 1, arbitrary: step('decline', { who: anybody }) },
    { weight: 1, arbitrary: step('value talks', { who: rep, colleague: fc.option(anybody) }) },
    { weight: 6, arbitrary: step('pass', { minutes: anyMinutes() }) },
    { weight: 3, arbitrary: step('evening', { who: rep }) },
    { weight: 2, arbitrary: step('trouble', { trouble: anyTrouble() }) },
    { weight: 2, arbitrary: step('two sweeps', {}) },
  );
}
