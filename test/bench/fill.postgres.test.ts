import type postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { fill } from './fill.ts';
import { fillDue } from './fill-due.ts';
import { fillHistory } from './fill-history.ts';
import { fillPrompts } from './fill-prompts.ts';
import { openWorld } from './world.ts';

/** Nothing else runs what the bench fills tables with before somebody measures. */
describe('the tables take what the bench fills them with', () => {
  test.each<{ what: string; work: (sql: postgres.Sql) => Promise<void>; prompts: number }>([
    { what: 'questions that are due', work: (sql) => fillDue(sql, 4, 1), prompts: 4 },
    { what: 'prompts of a sweep', work: (sql) => fillPrompts(sql, 4, 2), prompts: 4 },
    { what: 'a history', work: (sql) => fillHistory(sql, 2_010), prompts: 2_000 },
  ])('$what', async ({ work, prompts }) => {
    await using world = await openWorld({ reps: 1 });
    await fill(world.databaseUrl, async (sql) => {
      await work(sql);
      expect(await sql`select count(*)::int as prompts from prompts`).toEqual([{ prompts }]);
    });
  });
});
