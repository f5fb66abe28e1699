import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What breaks a never: where it stands, the line, and what the linter must say about that file. */
type Plant = [path: string, line: string, says: string];

const planted: Record<string, Plant[]> = {
  'domain/ is pure': [
    ['src/domain/p1.ts', "import '../flow/close.ts';", 'Never 1'],
    ['src/domain/p2.ts', "import './../db/deal.ts';", 'Never 1'],
    ['src/domain/cycle/p1.ts', "import '../../flow/close.ts';", 'Never 1'],
    ['src/domain/cycle/p2.ts', "import './../../db/deal.ts';", 'Never 1'],
    ['src/domain/cycle/p4.ts', "import '../../app.ts';", 'Never 1'],
    ['src/domain/cycle/p3.ts', 'export const now = Date.now();', 'Never 1'],
    ['src/domain/p3.ts', "export { readFile } from 'node:fs';", 'Never 1'],
    ['src/domain/p4.ts', "export type Zod = import('zod').ZodType;", 'Never 1'],
    ['src/domain/p5.ts', 'export const now = Date.now();', 'Never 1'],
    ['src/domain/p6.ts', 'export const today = new Date();', 'Never 1'],
    ['src/domain/p7.ts', 'export const chance = Math.random();', 'Never 1'],
    ['src/domain/p8.ts', 'export const id = crypto.randomUUID();', 'Never 1'],
    ['src/domain/p9.ts', 'export const zone = process.env.TZ;', 'Never 1'],
    [
      'src/domain/p10.ts',
      "import { Temporal } from 'temporal-polyfill';\nexport const n = Temporal.Now.instant();",
      'Never 1',
    ],
  ],
  'flow/ knows no adapter': [
    ['src/flow/p1.ts', "import '../slack/send.ts';", 'Never 2'],
    ['src/flow/intake/p1.ts', "import '../../slack/send/send.ts';", 'Never 2'],
    ['src/flow/intake/p2.ts', "export const hook = await import('../../deals/hook/hook.ts');", 'Never 2'],
    ['src/flow/intake/p3.ts', "export { eq } from 'drizzle-orm';", 'Never 2'],
    ['src/flow/p2.ts', "import type { Row } from '../deals/csv.ts';\nexport type R = Row;", 'Never 2'],
    ['src/flow/p3.ts', "export const jobs = await import('../jobs/schedule.ts');", 'Never 2'],
    ['src/flow/p4.ts', "export { serve } from '../web/server.ts';", 'Never 2'],
    ['src/flow/p5.ts', "import { App } from '@slack/bolt';\nexport const app = App;", 'Never 2'],
    ['src/flow/p6.ts', "export { eq } from 'drizzle-orm';", 'Never 2'],
    ['src/flow/p7.ts', "export type Send = import('../slack/send.ts').Send;", 'Never 2'],
  ],
  'the adapters and the database meet in flow/': [
    ['src/slack/p1.ts', "import '../db/store.ts';", 'Never 3'],
    ['src/slack/home/p1.ts', "import '../../db/store.ts';", 'Never 3'],
    ['src/deals/csv/p2.ts', "import '../../slack/send/send.ts';", 'Never 3'],
    ['src/db/schema/p3.ts', "import '../../jobs/schedule.ts';", 'Never 3'],
    ['src/slack/home/p4.ts', "export { eq } from 'drizzle-orm';", 'Never 3'],
    ['src/deals/p2.ts', "import '../slack/send.ts';", 'Never 3'],
    ['src/jobs/p3.ts', "import '../web/server.ts';", 'Never 3'],
    ['src/web/p4.ts', "import '../deals/hook.ts';", 'Never 3'],
    ['src/db/p5.ts', "import '../jobs/schedule.ts';", 'Never 3'],
    ['src/web/p6.ts', "export { eq } from 'drizzle-orm';", 'Never 3'],
    ['src/deals/p7.ts', 'export const slack = await import(`../slack/send.ts`);', 'Never 3'],
  ],
  'one room writes to Slack': [
    ['src/slack/home/p5.ts', 'export const p = (c: Slack) => c.views.publish({});', 'Never 4'],
    ['src/slack/p8.ts', 'export const p = (c: Slack) => c.chat.postMessage({});', 'Never 4'],
    ['src/slack/p9.ts', 'export const p = (c: Slack) => c.views.open({});', 'Never 4'],
    ['src/flow/p10.ts', 'export const p = ({ chat }: Slack) => chat.update({});', 'Never 4'],
    ['src/slack/p11.ts', "export const p = (c: Slack) => c.apiCall('chat.delete', {});", 'Never 4'],
    ['src/slack/p12.ts', "export const p = ({ say }: Slack) => say('What’s next?');", 'Never 4'],
  ],
  'only the entry points compose': [
    ['src/log.ts', "import './db/store.ts';", 'Never 5'],
    ['src/web/p13.ts', "import '../main.ts';", 'Never 5'],
    ['src/app.ts', "import './deals/import-main.ts';", 'Never 5'],
    ['test/p14.ts', "import '../src/main.ts';", 'Never 5'],
    ['src/slack/p15.ts', "import '../app.ts';", 'Never 5'],
    ['src/slack/home/p6.ts', "import '../../app.ts';", 'Never 5'],
    ['src/slack/home/p7.ts', "import '../../main.ts';", 'Never 5'],
  ],
  'the product does not know the sandbox': [
    ['src/main.ts', "if (process.argv[2]) await import('./sandbox/main.ts');", 'Never 5'],
    ['src/slack/home/p8.ts', "import '../../sandbox/stand-in/types.ts';", 'Never 5'],
    ['src/slack/p16.ts', "export type { Ledger } from '../sandbox/stand-in/types.ts';", 'Never 5'],
    ['src/web/p17.ts', 'export const page = (name: string) => import(name);', 'Never 5'],
  ],
  'only env.ts reads the environment': [
    ['src/slack/home/p9.ts', 'export const token = process.env.TOKEN;', 'noProcessEnv'],
    ['src/web/p18.ts', 'export const port = process.env.PORT;', 'noProcessEnv'],
    ['src/web/p19.ts', "import { env } from 'node:process';\nexport const p = env.PORT;", 'noProcessEnv'],
    ['src/main-loop.ts', 'const { env } = process;\nexport const port = env;', 'Never 5'],
    ['src/web/p20.ts', "import * as node from 'node:process';\nexport const p = node.env;", 'Never 5'],
  ],
  'no import cycles': [
    [
      'src/flow/asking/p23.ts',
      "import { d } from '../p24.ts';\nexport const c = () => d();",
      'noImportCycles',
    ],
    [
      'src/flow/p24.ts',
      "import { c } from './asking/p23.ts';\nexport const d = () => c();",
      'noImportCycles',
    ],
    ['src/flow/p21.ts', "import { b } from './p22.ts';\nexport const a = () => b();", 'noImportCycles'],
    ['src/flow/p22.ts', "import { a } from './p21.ts';\nexport const b = () => a();", 'noImportCycles'],
  ],
};

const clean: Record<string, string> = {
  'src/domain/stage.ts': `import { Temporal } from 'temporal-polyfill';
import type { Money } from './money.ts';

export const since = (money: Money, now: Date): string =>
  money.value + Temporal.Instant.from(new Date(now.getTime()).toISOString()).toString();
`,
  'src/flow/close.ts': `import { openStore } from '../db/store.ts';
import { since } from '../domain/stage.ts';

export const close = () => since(openStore());
`,
  'src/db/store.ts': `import { eq } from 'drizzle-orm';
import type { Stage } from '../domain/stage.ts';

export const openStore = (stage: Stage) => eq(stage);
`,
  'src/domain/cycle/need.ts': "import type { Money } from '../money.ts';\n\nexport type Need = Money;\n",
  'src/domain/asking/bundle.ts':
    "import type { Need } from '../cycle/need.ts';\n\nexport type Bundle = Need[];\n",
  'src/flow/deals/apply.ts': 'export const apply = () => 1;\n',
  'src/flow/intake/receive.ts':
    "import { apply } from '../deals/apply.ts';\n\nexport const receive = () => apply();\n",
  'src/slack/jobs/row.ts': 'export const row = () => 1;\n',
  'src/slack/board/row.ts':
    "import { row } from '../jobs/row.ts';\n\nexport const two = () => row() + row();\n",
  'src/slack/send/send.ts': 'export const send = (c: Slack): Promise<void> => c.chat.postMessage({});\n',
  'src/slack/home.ts': "import type { Stage } from '../domain/stage.ts';\n\nexport type Home = Stage;\n",
  'src/web/server.ts': "import { close } from '../flow/close.ts';\n\nexport const answer = () => close();\n",
  'src/env.ts': 'export const port = process.env.PORT;\n',
  'src/deals/import-main.ts': "import '../db/store.ts';\nimport '../slack/send.ts';\n",
  'src/sandbox/main.ts': "import '../app.ts';\n",
};

/** What the linter said, by file. */
const said = new Map<string, string[]>();
let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'whats-next-nevers-'));
  for (const part of ['biome.json', 'lint', 'package.json', 'tsconfig.json', '.gitignore']) {
    await cp(join(import.meta.dirname, '../..', part), join(project, part), { recursive: true });
  }
  const plants = Object.values(planted).flat();
  for (const [path, source] of [...plants, ...Object.entries(clean)]) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), source);
  }
  for (const { location, category, message } of await lint(project)) {
    const path = location.path.replaceAll('\\', '/');
    said.set(path, [...(said.get(path) ?? []), `${category}: ${message}`]);
  }
});

afterAll(() => rm(project, { recursive: true, force: true }));

describe.each(Object.entries(planted))('%s: the linter reports', (_, plants) => {
  it.each(plants)('%s: %s', (path, _line, says) => {
    expect(said.get(path) ?? []).toContainEqual(expect.stringContaining(says));
  });
});

it.each(Object.keys(clean))('lets %s be, which breaks none', (path) => {
  expect(said.get(path) ?? []).toEqual([]);
});

type Diagnostic = { category: string; message: string; location: { path: string } };

/** Runs this repository's own linter and rules over another folder; it fails, as faults are planted there. */
async function lint(folder: string): Promise<Diagnostic[]> {
  const biome = join(import.meta.dirname, '../../node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none'];
  const stdout = await promisify(execFile)(process.execPath, args, { cwd: folder }).then(
    () => Promise.reject(new Error('The linter found nothing to say about the planted faults.')),
    (failure: { stdout: string }) => failure.stdout,
  );
  return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}
