import { expect, it } from 'vitest';
import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';
import { chanceFrom } from '../support/chance.ts';
import { useStore } from '../support/test-store.ts';
import { liveThrough } from './quarter.ts';
import { linesOf } from './report.ts';
import type { Quarter } from './team.ts';

const store = useStore();
const HOUR_MS = 3_600_000;
const BEGIN = new Date('2017-10-02T00:00:00Z');
const AGENTS = ['Ana Lima', 'Ben Okafor', 'Chloe Martin', 'Darko Ilic'];

/** Deals of some weeks, half of them won within days. */
function madeQuarter(weeks: number, deals: number, chance: () => number): Quarter {
  const end = new Date(BEGIN.getTime() + weeks * 7 * 24 * HOUR_MS);
  const news = Array.from({ length: deals }, (_, index) => {
    const openedAt = new Date(BEGIN.getTime() + chance() * (end.getTime() - BEGIN.getTime()));
    const closedAt = new Date(openedAt.getTime() + chance() * 14 * 24 * HOUR_MS);
    const deal = {
      ...{ source: 'crm', dealId: `M${index}`, name: `Order ${index}` },
      account: { name: `Client ${Math.floor(chance() * 12)}` },
      owner: { name: AGENTS[Math.floor(chance() * AGENTS.length)] ?? '' },
    };
    const opened: DealUpdate = {
      ...deal,
      eventId: `${index}a`,
      status: 'open',
      occurredAt: openedAt,
      openedAt,
    };
    const status = chance() < 0.6 ? ('won' as const) : ('lost' as const);
    return [opened, { ...deal, eventId: `${index}b`, status, occurredAt: closedAt, closedAt }];
  }).flat();
  const inTime = news.filter(({ occurredAt }) => occurredAt < end);
  return {
    agents: AGENTS,
    history: [],
    news: inTime.sort((a, b) => +a.occurredAt - +b.occurredAt),
    begin: BEGIN,
    end,
  };
}

it('is calm for a team of all kinds, for weeks: no flood, nothing forgotten, one place for each question', async () => {
  const chance = chanceFrom(7);
  const watch = await liveThrough(store(), madeQuarter(3, 40, chance), { chance, step: 120 });
  expect((await linesOf(watch)).filter(({ isWanted }) => !isWanted)).toEqual([]);
});
