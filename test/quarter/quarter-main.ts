/**
 * Lives through a quarter of a sales pipeline with a team of which a quarter each is eager, busy, silent and chaotic,
 * and prints what that was like: `npm run quarter -- FILE.csv [--seed 1] [--from 2017-09-04] [--weeks 13] [--reps 12]
 * [--step 30]`. The embedded database, or the one that TEST_DATABASE_URL names, which should be an empty one.
 */
import { parseArgs } from 'node:util';
import { Store } from '../../src/db/store.ts';
import { chanceFrom } from '../support/chance.ts';
import { readQuarter } from './pipeline.ts';
import { liveThrough } from './quarter.ts';
import { actRates, linesOf, perKind } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '2017-09-04' },
    weeks: { type: 'string', default: '13' },
    reps: { type: 'string', default: '12' },
    step: { type: 'string', default: '30' },
  },
});
const [path] = positionals;
if (path === undefined) {
  console.error(
    'name a CSV file with sales_agent, account, deal_stage, engage_date, close_date, opportunity_id …',
  );
  process.exit(2);
}
const chance = chanceFrom(Number(values.seed));
const { from, weeks, reps } = values;
const quarter = readQuarter(path, { from, weeks: Number(weeks), agentsAtMost: Number(reps), chance });
const store = await Store.open({
  databaseUrl: process.env.TEST_DATABASE_URL,
  onError: (error: Error) => console.error(error),
});
const onProgress = (now: Date) => process.stderr.write(`${now.toISOString().slice(5, 10)} `);
const watch = await liveThrough(store, quarter, { chance, step: Number(values.step), onProgress });
process.stderr.write('\n');
const lines = await linesOf(watch);
console.table(lines);
console.table(perKind(watch));
console.table(actRates(watch));
console.log(`The longest wait was that of the ${watch.longestWait.what}.`);
if (watch.refused.size > 0) console.log('Refused:', Object.fromEntries(watch.refused));
for (const fault of [...watch.atBadTimes(), ...(await watch.breaches())].slice(0, 20)) console.log(fault);
await store.close();
process.exitCode = lines.every(({ isWanted }) => isWanted) ? 0 : 1;
