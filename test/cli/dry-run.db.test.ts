import { expect, it } from 'vitest';
import { runImport } from '../../src/cli/import.ts';
import type { Io } from '../../src/cli/io.ts';
import { noSlack, type OpenWorkspace, openWorkspace, workspaceIn } from '../../src/cli/open-workspace.ts';
import { planTable } from '../../src/cli/plan-table.ts';
import { DEFAULT_PLAYBOOK } from '../../src/domain/asking/playbook.ts';
import { temporaryFile } from '../deals/temporary-file.ts';
import { useStore } from '../support/test-store.ts';
import { recordingLog } from '../web/recording-log.ts';
import { NOW, recordingIo } from './recording-io.ts';

const HEADER = 'id,owner,account,status,opened,closed,amount';
/** Three questions a day are the most that a file may bring a rep: Ana's ten deals take until the next week. */
const OPEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `A${n},Ana,Acme ${n},Engaging,2017-10-02,,`);
const DEALS = [
  ...[HEADER, ...OPEN, 'B1,Bo,Bcme,Won,2017-11-02,2017-12-20,100', 'C1,Cy,Ccme,Lost,2017-11-02,2017-12-21,'],
  'D1,Ana,Acme,Perhaps,2017-11-02,,',
].join('\n');
const theStore = useStore();

function tools() {
  const terminal = recordingIo();
  const { log, lines } = recordingLog();
  const flow = { store: theStore(), slackOf: () => noSlack, now: () => NOW, log, defaults: DEFAULT_PLAYBOOK };
  const desks: OpenWorkspace[] = [];
  /** A database that cannot be had: whoever opened it would fail. */
  const env = { databaseUrl: 'postgres://nobody@127.0.0.1:1/nowhere', defaults: DEFAULT_PLAYBOOK };
  const dry: Io = {
    ...terminal.io,
    openWorkspace: (options) => openWorkspace(env, options, () => NOW, log),
  };
  const real: Io = {
    ...terminal.io,
    openWorkspace: async ({ workspaceId = 'T0', begin }) => {
      const desk = await workspaceIn(flow, { workspaceId, begin });
      desks.push(desk);
      return { ...desk, close: async () => undefined };
    },
  };
  return { terminal, dry, real, desks, lines };
}

it('a dry run tells what the import then plans, and its rows like the import', async () => {
  const { terminal, dry, real, desks, lines } = tools();
  const path = await temporaryFile(DEALS);
  expect(await runImport([path, '--dry-run'], dry)).toBe(1);
  const told = terminal.out();
  expect(await runImport([path, '--workspace', 'T123'], real)).toBe(1);
  const sum = terminal.out().slice(told.length);
  expect(sum).toContain('13 rows\n  12 new\n  0 already known\n  1 skipped\n');
  expect(told).toBe(`${sum}\n${planTable((await desks[0]?.showPlan()) ?? [])}`);
  expect(terminal.err().match(/line 14, status: "Perhaps" is none/g)).toHaveLength(2);
  expect(lines).toEqual([]);
});

it('a dry run counts questions and DMs by rep, day one, week and in all', async () => {
  const { terminal, dry } = tools();
  await runImport([await temporaryFile(DEALS), '--dry-run'], dry);
  const table = terminal.out().slice(terminal.out().indexOf('Rep'));
  expect(table).toMatchInlineSnapshot(`
    "Rep  2018-01-02  week of 2018-01-01  week of 2018-01-08  week of 2018-01-15  week of 2018-01-22   later      all
    Ana      3 in 1             10 in 4                   –                   –                   –       –  10 in 4
    Bo       1 in 1              1 in 1                   –                   –              1 in 1       –   2 in 2
    Cy            –                   –                   –                   –                   –  1 in 1   1 in 1
    All      4 in 2             11 in 5                   –                   –              1 in 1  1 in 1  13 in 7
    "
  `);
});

it('a dry run needs neither Slack nor a workspace, and stores nothing: the next one tells the same', async () => {
  const { terminal, dry } = tools();
  const path = await temporaryFile(DEALS);
  await runImport([path, '--dry-run'], dry);
  const once = terminal.out();
  await runImport([path, '--dry-run'], dry);
  expect(terminal.out()).toBe(once + once);
  expect(once).toContain('Nothing was stored.');
});

it('a dry run of a file that asks nothing says so', async () => {
  const { terminal, dry } = tools();
  await runImport([await temporaryFile(`${HEADER}\n`), '--dry-run'], dry);
  expect(terminal.out()).toContain('Nobody would be asked anything.');
});

it('a dry run of teams is refused, for teams ask nobody anything', async () => {
  const { terminal, dry } = tools();
  const path = await temporaryFile('owner,manager\nAna,Mia\n');
  expect(await runImport([path, '--teams', '--dry-run'], dry)).toBe(2);
  expect(terminal.err()).toBe('--dry-run is for deals: teams ask nobody anything.\n');
});
