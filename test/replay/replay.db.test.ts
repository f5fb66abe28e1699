import { expect, inject, it } from 'vitest';
import { chanceFrom } from '../support/chance.ts';
import { scratchDatabase } from '../support/scratch-database.ts';
import { complaintsAbout, countByRep } from './judge.ts';
import type { Close } from './pipeline.ts';
import { replay } from './replay.ts';

const AGENTS = ['Ana Lima', 'Ben Okafor', 'Chloe Martin', 'Darko Ilic'];
/** A Thursday: the replay goes over a weekend. */
const BEGIN = Date.parse('2017-12-14T00:00:00Z');
const TWO_DAYS_MS = 2 * 86_400_000;

function madeCloses(count: number, chance: () => number): Close[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `M${index + 1}`,
    account: `Client ${1 + Math.floor(chance() * 20)}`,
    owner: { name: AGENTS[Math.floor(chance() * AGENTS.length)] ?? '' },
    wonAt: new Date(BEGIN + Math.floor(chance() * TWO_DAYS_MS)),
  }));
}

it('asks each rep once about each close, in working hours, however often and late it is told', async () => {
  const server = inject('databaseUrl');
  await using database = server === null ? null : await scratchDatabase(server);
  const chance = chanceFrom(20_171_214);
  const closes = madeCloses(60, chance);

  const replayed = await replay(closes, { step: 240, chance, databaseUrl: database?.url });

  expect(complaintsAbout(closes, replayed)).toEqual([]);
  expect(countByRep(closes, replayed).map(({ closes: won, asked }) => asked - won)).toEqual([0, 0, 0, 0]);
});
