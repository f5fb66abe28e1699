import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from '../support/pause.ts';
import { scratchDatabase } from '../support/scratch-database.ts';
import { copySeconds } from './copy-seconds.ts';
import { type Point, type Row, residentMb, tell } from './point.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FEW = 8_800;
const MANY = 1_000_000;
/** Of what PostgreSQL's own COPY of the same rows into the same tables makes of it. */
const OF_COPY = 0.2;
/** What a longer run may take on top, for the collector is in no hurry. */
const MEMORY = 1.5;

/** The import tool on a history like the one it was made for: its speed, and its memory over a hundred times as much. */
export const importing: Point = {
  name: 'import',
  run: async () => {
    const few = await importRows(FEW);
    const many = await importRows(MANY);
    const ofCopy = many.rowsPerSecond / many.copiedPerSecond;
    const perSecond = (rate: number) => `${Math.round(rate).toLocaleString('en')} rows/s`;
    const speed: Row = {
      what: `import of ${MANY.toLocaleString('en')} rows`,
      ours: perSecond(many.rowsPerSecond),
      beside: `${perSecond(many.copiedPerSecond)}: COPY of what came of them into the same tables`,
      ...{ ratio: ofCopy, target: `≥ ${OF_COPY}`, pass: ofCopy >= OF_COPY },
    };
    const ratio = many.peakMb / few.peakMb;
    const memory: Row = {
      what: 'memory of that import, at its peak',
      ours: `${Math.round(many.peakMb)} MB`,
      beside: `${Math.round(few.peakMb)} MB for ${FEW.toLocaleString('en')} rows`,
      ...{ ratio, target: `≤ ${MEMORY}`, pass: ratio <= MEMORY },
    };
    return [speed, memory];
  },
};

interface Imported {
  rowsPerSecond: number;
  copiedPerSecond: number;
  peakMb: number;
}

async function importRows(count: number): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), 'wn-bench-'));
  const file = join(folder, 'deals.csv');
  await writeHistory(file, count);
  await using database = await scratchDatabase();
  const { PATH = '' } = process.env;
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      './src/boot.mjs',
      'src/cli/import-main.ts',
      file,
      '--workspace',
      'T0BENCH',
      '--currency',
      'USD',
    ],
    {
      cwd: ROOT,
      env: { PATH, DATABASE_URL: database.url },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  let peakMb = 0;
  let isRunning = true;
  void ended.then(() => {
    isRunning = false;
  });
  while (isRunning) {
    peakMb = Math.max(peakMb, residentMb(child.pid ?? 0));
    await Promise.race([ended, pause(100)]);
  }
  const seconds = (performance.now() - began) / 1_000;
  await rm(folder, { recursive: true });
  if (child.exitCode !== 0) throw new Error(`the import ended with ${child.exitCode}`);
  tell(`  ${count} rows in ${seconds.toFixed(1)} s, ${Math.round(peakMb)} MB`);
  const copied = await copySeconds(database.url);
  tell(`  copied in ${copied.toFixed(1)} s`);
  return { rowsPerSecond: count / seconds, copiedPerSecond: count / copied, peakMb };
}

/** A B2B pipeline such as the real one: three in four are decided, one in four is open. */
async function writeHistory(file: string, count: number): Promise<void> {
  const out = createWriteStream(file);
  out.write('id,owner,name,account,status,opened,closed,amount\n');
  const statuses = ['Won', 'Won', 'Lost', 'Engaging'];
  for (let row = 0; row < count; row += 1) {
    const status = statuses[row % 4];
    const day = String(1 + (row % 28)).padStart(2, '0');
    const closed = status === 'Engaging' ? '' : `2017-11-${day}`;
    const line = `D-${row},Rep ${row % 300},GTX Pro,Client ${row % 5_000},${status},2017-10-${day},${closed},${row % 9_000}`;
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
