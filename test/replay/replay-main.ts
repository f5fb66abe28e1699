/**
 * Replays the won deals of a month of a sales pipeline as live updates, each three times and out of order, with the
 * product's clock at that month: `npm run replay -- FILE.csv [--month 2017-12] [--seed 1] [--step 10]`.
 */
import { parseArgs } from 'node:util';
import { chanceFrom } from '../support/chance.ts';
import { complaintsAbout, countByRep } from './judge.ts';
import { readCloses } from './pipeline.ts';
import { replay } from './replay.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    month: { type: 'string', default: '2017-12' },
    seed: { type: 'string', default: '1' },
    step: { type: 'string', default: '10' },
  },
});
const [path] = positionals;
if (path === undefined) {
  console.error('name a CSV file with sales_agent, account, deal_stage, close_date, opportunity_id …');
  process.exit(2);
}
const chance = chanceFrom(Number(values.seed));
const closes = readCloses(path, values.month, chance);
if (closes.length === 0) {
  console.error(`no deal of ${path} was won in ${values.month}`);
  process.exit(2);
}
const replayed = await replay(closes, {
  step: Number(values.step),
  chance,
  databaseUrl: process.env.TEST_DATABASE_URL,
  onProgress: (now) => process.stderr.write(`\r${now.toISOString().slice(0, 16)} `),
});
process.stderr.write('\n');
console.table(countByRep(closes, replayed));
const complaints = complaintsAbout(closes, replayed);
const { requests, asks } = replayed;
console.log(
  `${closes.length} closes in ${values.month}, told ${requests} times, asked in ${asks.length} DMs.`,
);
console.log(
  complaints.length === 0
    ? 'Each was asked about once, of its own rep, in working hours; no bundle came twice.'
    : complaints.join('\n'),
);
process.exitCode = complaints.length === 0 ? 0 : 1;
