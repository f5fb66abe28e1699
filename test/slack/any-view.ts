import fc from 'fast-check';
import { BOARD_GROUPS } from '../../src/domain/asking/board.ts';
import type { Ending, Question } from '../../src/domain/cycle/stage.ts';
import { STAGES } from '../../src/domain/cycle/stage.ts';
import { SEES_VALUE } from '../../src/domain/cycle/verification.ts';
import type { Money } from '../../src/domain/money.ts';
import type { HandOverMessageView } from '../../src/flow/hand-over/views.ts';
import type {
  AccountView,
  BoardView,
  DeskView,
  DigestView,
  DoorView,
  EngagementView,
  NeedView,
  PromptView,
  TurnView,
} from '../../src/flow/show/views.ts';

/** Text as people and CRMs have it at their worst: empty, endless, right to left, full of marks that mean something. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    ' ',
    '\n\n',
    '<!channel> & <@U1>',
    '*_~`"\\',
    '𝔸'.repeat(400),
    '&'.repeat(4_000),
    '"\n'.repeat(2_000),
    'الشركة الوطنية للتوريدات '.repeat(120),
    'חברת האספקה "אקמה" בע"מ',
    '\u202eكرافتد\u202c \u2067name\u2069 \u200f',
    '👩‍👩‍👧‍👦'.repeat(150),
    'word '.repeat(900),
  ),
);
const at = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const localDate = at.map((date) => date.toISOString().slice(0, 10));
const timeZone = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu');
const question = fc.constantFrom<Question>(...STAGES, 'return');
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const many = <T>(value: fc.Arbitrary<T>, maxLength = 120) => fc.array(value, { maxLength, size: 'max' });

const money = fc.record<Money>({
  value: fc.constantFrom('0', '4514', '4514.5000', '999999999999999.9999'),
  currency: fc.constantFrom('USD', 'EUR', 'JPY'),
});
export const anyUrl = fc
  .webUrl({ withQueryParameters: true, withFragments: true })
  .map((url) => url.slice(0, 500));
const account = fc.record({ id: fc.uuid(), name: anyText });
const engagement = fc.record<EngagementView>({
  id: fc.uuid(),
  name: orNull(anyText),
  url: orNull(anyUrl),
  amount: orNull(money),
  stage: fc.constantFrom(...STAGES),
  ending: orNull(fc.constantFrom<Ending>('lost', 'deleted', 'history', 'continued', 'returned')),
  dealAt: at,
});
const door = fc.record<DoorView>({
  promptId: fc.uuid(),
  account,
  engagement: orNull(engagement),
  question,
  since: at,
  dueAt: at,
  asked: fc.nat(40),
  quietSince: orNull(at),
});
const need = fc.record<NeedView>({
  id: fc.uuid(),
  words: anyText,
  estimate: orNull(money),
  neededOn: orNull(localDate),
  outcome: fc.constantFrom('open', 'taken_up', 'dropped'),
  heardAt: at,
});
const verification = fc.record({
  who: anyText,
  seesValue: fc.constantFrom(...SEES_VALUE),
  words: anyText,
  measure: orNull(fc.record({ value: fc.constantFrom('12.5', '0', '-3'), unit: anyText })),
  promised: orNull(anyText),
  heldOn: localDate,
});
const turn: fc.Arbitrary<TurnView> = fc
  .record({
    openedAt: at,
    wonAt: orNull(at),
    verifiedAt: orNull(at),
    endedAt: orNull(at),
    owner: anyText,
    parentId: orNull(fc.uuid()),
    grewFrom: orNull(anyText),
    verification: orNull(verification),
    lostReason: orNull(anyText),
  })
  .chain((more) => engagement.map((base) => ({ ...base, ...more })));

/** A prompt has one row: chance gives some of them one id. */
function eachOnce<D extends { promptId: string }>(doors: D[]): D[] {
  return [...new Map(doors.map((door) => [door.promptId, door])).values()];
}

export const anyBoard: fc.Arbitrary<BoardView> = fc
  .record({
    rep: fc.record({ name: anyText, slackUserId: fc.constant('U1'), timeZone }),
    now: at,
    doors: many(
      door.chain((one) => fc.constantFrom(...BOARD_GROUPS).map((group) => ({ ...one, group }))),
    ).map(eachOnce),
    before: fc.nat(2_000),
    beyond: fc.nat(2_000),
    account: orNull(account),
  })
  .map(({ before, beyond, ...board }) => {
    const total = before + board.doors.length + beyond;
    const offset = board.doors.length === 0 ? 0 : before;
    return { ...board, offset, counts: { waiting: total, coming: 0, quiet: 0 }, total };
  });

const heard = { account, words: anyText };

/** A desk with Home's page at its fullest; `anyPrompt` draws what waits on it. */
export function anyDesk(anyPrompt: fc.Arbitrary<PromptView>): fc.Arbitrary<DeskView> {
  const page = anyBoard.map((board) => ({ ...board, doors: board.doors.slice(0, 20) }));
  const rows = fc.record({
    board: page,
    away: orNull(fc.record({ from: localDate, until: localDate, delegate: orNull(fc.constant('U0BEN')) })),
    all: fc.array(anyPrompt, { minLength: 20, maxLength: 20 }),
    needs: many(fc.record({ ...heard, estimate: orNull(money), neededOn: orNull(localDate) }), 8),
    totalNeeds: fc.integer({ min: 8, max: 200 }),
    promises: many(fc.record({ ...heard, by: orNull(localDate) }), 8),
    said: many(
      fc.record({
        ...heard,
        who: orNull(anyText),
        seesValue: fc.constantFrom(...SEES_VALUE),
        heldOn: localDate,
      }),
      5,
    ),
  });
  return rows.map(({ all, ...desk }) => {
    const waiting = desk.board.doors.filter(({ group }) => group === 'waiting');
    const prompts = waiting.flatMap(({ promptId }, index) => {
      const prompt = all[index];
      return prompt === undefined ? [] : [[promptId, { ...prompt, promptId }] as const];
    });
    return { ...desk, prompts: Object.fromEntries(prompts) };
  });
}

export const anyAccount: fc.Arbitrary<AccountView> = fc
  .record({
    account,
    timeZone,
    now: at,
    turns: many(turn, 60),
    beyond: fc.nat(2_000),
    won: fc.record({ count: fc.nat(99), amounts: many(money, 40) }),
    needs: many(need, 200),
    next: many(
      door.chain((one) => anyText.map((rep) => ({ ...one, rep }))),
      30,
    ),
    notes: many(fc.record({ text: anyText, at, by: anyText })),
    joined: many(fc.record({ joinId: fc.uuid(), name: anyText, at, by: anyText })),
  })
  .map(({ beyond, ...view }) => ({ ...view, totalTurns: view.turns.length + beyond }));

const colleague = fc.record({ name: anyText, slackUserId: orNull(fc.constantFrom('U1', 'U02AB')) });

export const anyHandOver: fc.Arbitrary<HandOverMessageView> = fc.record({
  messageId: fc.uuid(),
  kind: fc.constantFrom('asked', 'asked_above', 'told'),
  timeZone,
  today: localDate,
  handOver: fc.record({
    ...{ handOverId: fc.uuid(), account, engagement, line: orNull(anyText), proposedAt: at },
    ...{ from: colleague, by: colleague, to: colleague, asked: colleague, endedBy: orNull(colleague) },
    ending: orNull(fc.constantFrom('taken', 'declined', 'withdrawn', 'unanswered', 'overtaken')),
    endedAt: orNull(at),
    factId: orNull(fc.uuid()),
  }),
});

export const anyDigest: fc.Arbitrary<DigestView> = fc.record({
  digestId: fc.uuid(),
  cadence: fc.constantFrom('weekly', 'daily'),
  timeZone,
  figures: fc.record({
    from: at,
    to: at,
    won: fc.record({ count: fc.nat(99), amounts: many(money) }),
    verified: fc.nat(99),
    needs: fc.nat(99),
    begun: fc.nat(99),
    medianDaysToVerified: orNull(fc.double({ min: 0, max: 900, noNaN: true })),
    openDoors: fc.nat(9_999),
  }),
  waiting: many(
    fc.record({
      account: anyText,
      question,
      since: at,
      rep: anyText,
      slackUserId: orNull(fc.constantFrom('U1', 'U02AB')),
    }),
  ),
  unmatched: many(fc.record({ name: anyText, engagements: fc.nat(99) })),
});
