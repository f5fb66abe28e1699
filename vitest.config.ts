import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { JsonReporter } from 'vitest/node';
import { ProjectSummary } from './test/setup-summary.ts';
import { PATIENCE_MS } from './test/support/patience.ts';

const { CI, FAKETIME, TEST_DATABASE_URL, TEST_REPORT } = process.env;
const PGBOUNCER = '/usr/sbin/pgbouncer';
const CHROMIUM = '/usr/bin/chromium';
/** Ms, and nothing waits that long either: the longest tests take a minute where nothing else runs. */
const PATIENCE = {
  ...{ testTimeout: 1_200_000, hookTimeout: 1_200_000 },
  expect: { poll: { timeout: PATIENCE_MS } },
};
const DATABASE_TESTS = 'test/**/*.db.test.ts';
/** What only a server can do to us. */
const POSTGRES_TESTS = 'test/**/*.postgres.test.ts';
const BROWSER_TESTS = 'test/**/*.browser.test.ts';
/** Compares our clock with the kernel's, which dates files and is not faked. */
const FOLDER_LOCK = 'test/db/connect/folder-lock.test.ts';
const leftOut = FAKETIME ? [FOLDER_LOCK] : [];
if (FAKETIME) console.log(`Under a faked clock, without ${FOLDER_LOCK}: the kernel's clock is not faked.`);
const POOLER_TESTS = 'test/**/*.pooler.test.ts';

const projects = {
  /** No database and no browser. */
  pure: {
    include: ['test/**/*.test.ts'],
    exclude: [DATABASE_TESTS, POSTGRES_TESTS, POOLER_TESTS, BROWSER_TESTS, ...leftOut],
  },
  /** The database tests, on the database that is built in… */
  pglite: { include: [DATABASE_TESTS] },
  /** …and the same on a real PostgreSQL. */
  postgres: {
    include: [DATABASE_TESTS, POSTGRES_TESTS],
    provide: { databaseUrl: TEST_DATABASE_URL ?? null },
  },
  /** What differs with a PgBouncer before it. */
  pooler: {
    include: [POOLER_TESTS],
    provide: { databaseUrl: TEST_DATABASE_URL ?? null, pgbouncer: PGBOUNCER },
  },
  /** The sandbox's page in a real Chromium. */
  browser: {
    include: [BROWSER_TESTS],
    provide: { chromium: CHROMIUM },
  },
};

/** What this machine cannot run, and why; under CI=true that fails the run. */
const missing = new Map<string, string>();
if (!TEST_DATABASE_URL) {
  for (const name of ['postgres', 'pooler']) missing.set(name, 'TEST_DATABASE_URL is not set');
} else if (!existsSync(PGBOUNCER)) missing.set('pooler', `there is no ${PGBOUNCER}`);
if (!existsSync(CHROMIUM)) missing.set('browser', `there is no ${CHROMIUM}`);

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    provide: { databaseUrl: null },
    retry: 0,
    // No test mocks a module or leaves a global behind (test/habits), so files may share a process: it halves the time.
    isolate: false,
    // One more than cores, for some tests wait for a time limit.
    maxWorkers: availableParallelism() + 1,
    projects: Object.entries(projects)
      .filter(([name]) => !missing.has(name))
      .map(([name, test]) => ({ extends: true, test: { name, ...PATIENCE, ...test } })),
    reporters: [
      'default',
      ...(TEST_REPORT ? [new JsonReporter({ outputFile: TEST_REPORT })] : []),
      new ProjectSummary(Object.keys(projects), missing, CI === 'true'),
    ],
  },
});
