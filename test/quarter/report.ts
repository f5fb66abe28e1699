import { calendarOf } from '../../src/domain/asking/playbook.ts';
import { countWorkingDays, localDate } from '../../src/domain/asking/workday.ts';
import { KINDS } from './habits.ts';
import { type Ask, aboutOf, type Watch } from './watch.ts';

const DAY_MS = 86_400_000;

/** One line of the quarter's table: what was measured, and what it may be. */
export interface Line {
  what: string;
  found: string;
  wanted: string;
  isWanted: boolean;
}

/** What issue 7 asks of a quarter. */
export async function linesOf(watch: Watch): Promise<Line[]> {
  const dms = dmsADay(watch);
  const rounds = longestRounds(watch);
  const { live, open, most } = watch.worst;
  const closes = await watch.closes();
  const share = (count: number) => `${Math.round((100 * count) / Math.max(1, closes.won))} %`;
  const badTimes = watch.atBadTimes();
  const found = await watch.breaches();
  const deadEnds = found.filter((line) => line.includes('no question and no return')).length;
  const line = (what: string, value: number | string, wanted = '', isWanted = true) => {
    return { what, found: String(value), wanted, isWanted };
  };
  const neverAsked = await watch.neverAsked();
  return [
    line('DMs per rep and working day, median', median(dms)),
    line('DMs per rep and working day, most', Math.max(0, ...dms), '≤ 3', Math.max(0, ...dms) <= 3),
    line('asks of one question in a round, most', rounds, '≤ 3', rounds <= 3),
    line('due for more than 10 working days, never asked', neverAsked, '0', neverAsked === 0),
    line(
      'longest wait of anything due, working days',
      watch.longestWait.days,
      '≤ 10',
      watch.longestWait.days <= 10,
    ),
    line('messages outside working time or on a holiday', badTimes.length, '0', badTimes.length === 0),
    line('accounts without a next', deadEnds, '0', deadEnds === 0),
    line('live places of one open question among the DMs, most', most, '1', most <= 1),
    line('live places per open question at the worst minute', (live / Math.max(1, open)).toFixed(2)),
    line(
      'other breaches of the promises at the end',
      found.length - deadEnds,
      '0',
      found.length === deadEnds,
    ),
    line('orders won in the quarter', closes.won),
    line('… with a promise', share(closes.promised)),
    line('… with a promise or a day to talk', share(closes.talked)),
    line('… that the client was asked about', share(closes.verified)),
    line('… whose value the client sees', share(closes.seen)),
    line('needs heard', closes.needs),
    line('answers given, corrections of them', `${watch.answers}, ${watch.corrections.done}`),
  ];
}

/** How many DMs each rep got on each working day of theirs, days without any included. */
function dmsADay(watch: Watch): number[] {
  const { office, actors, quarter } = watch;
  const days = new Map<string, number>();
  for (const { at, slackUserId, timeZone } of watch.dms()) {
    const day = `${slackUserId} ${localDate(timeZone ?? 'UTC', at)}`;
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  const all = actors.reduce((sum, actor) => {
    const calendar = calendarOf(office.flow.defaults, { ...actor, promptAt: null });
    return sum + countWorkingDays(calendar, quarter.begin, quarter.end);
  }, 0);
  return [...days.values(), ...Array.from({ length: Math.max(0, all - days.size) }, () => 0)];
}

/**
 * The most asks of one question in a round, whichever prompts asked it: for one reason, with less than a rest between
 * two of them, and not where the rep wants it regularly.
 */
function longestRounds(watch: Watch): number {
  const { quietDays } = watch.office.flow.defaults;
  const asked = watch.asks().filter(({ prompt }) => prompt.rule !== 'weekly' && prompt.rule !== 'monthly');
  const about = ({ prompt, slackUserId }: Ask) =>
    `${aboutOf(prompt)} since ${prompt.since.toISOString()} by ${slackUserId}`;
  const rounds = [...Map.groupBy(asked, about).values()].map((asks) => {
    let [most, inRound] = [0, 0];
    asks.forEach(({ at }, index) => {
      const before = asks[index - 1];
      const rested = before !== undefined && +at - +before.at >= (quietDays - 1) * DAY_MS;
      inRound = rested ? 1 : inRound + 1;
      most = Math.max(most, inRound);
    });
    return most;
  });
  return Math.max(0, ...rounds);
}

/** Per question and number of the ask: how often it was put, and how often it was answered before the next. */
export function actRates(watch: Watch): Record<string, string>[] {
  const answered = new Map<string, number>();
  const put = new Map<string, number>();
  const last = new Map<string, Ask>();
  for (const ask of watch.asks()) last.set(ask.prompt.promptId, ask);
  for (const { prompt } of watch.asks()) bump(put, keyOf(prompt.question, prompt.asked));
  for (const message of watch.dms()) {
    for (const { promptId, state } of message.redrawn?.prompts ?? []) {
      const ask = last.get(promptId);
      if (state.kind !== 'answered' || ask === undefined) continue;
      bump(answered, keyOf(ask.prompt.question, ask.prompt.asked));
      last.delete(promptId);
    }
  }
  const questions = [...new Set(watch.asks().map(({ prompt }) => prompt.question))].sort();
  return questions.map((question) => {
    const rate = (number: number) => {
      const asks = put.get(keyOf(question, number)) ?? 0;
      return asks === 0
        ? ''
        : `${Math.round((100 * (answered.get(keyOf(question, number)) ?? 0)) / asks)} % of ${asks}`;
    };
    return { question, first: rate(0), second: rate(1), third: rate(2), later: rate(3) };
  });
}

/** How each kind of rep fares. */
export function perKind(watch: Watch): Record<string, string | number>[] {
  return KINDS.map((kind) => {
    const ids = watch.actors.filter((actor) => actor.kind === kind).map(({ slackUserId }) => slackUserId);
    const dms = watch.dms().filter(({ slackUserId }) => ids.includes(slackUserId));
    const asks = watch.asks().filter(({ slackUserId }) => ids.includes(slackUserId));
    const weeks = (+watch.quarter.end - +watch.quarter.begin) / (7 * DAY_MS);
    const perWeek = (count: number) => (count / Math.max(1, ids.length) / weeks).toFixed(1);
    const most = Math.max(0, ...dms.map(({ bundle }) => bundle?.prompts.length ?? 0));
    return {
      kind,
      reps: ids.length,
      'DMs a week': perWeek(dms.length),
      'questions a week': perWeek(asks.length),
      'most in one DM': most,
    };
  });
}

function keyOf(question: string, number: number): string {
  return `${question} ${Math.min(number, 3)}`;
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
