import { expect, inject, it } from 'vitest';
import { runFigures } from '../../src/cli/figures.ts';
import { runImport } from '../../src/cli/import.ts';
import type { Io } from '../../src/cli/io.ts';
import { noSlack, openWorkspace, workspaceIn } from '../../src/cli/open-workspace.ts';
import { DEFAULT_PLAYBOOK } from '../../src/domain/asking/playbook.ts';
import { temporaryFile } from '../deals/temporary-file.ts';
import { useStore } from '../support/test-store.ts';
import { recordingLog } from '../web/recording-log.ts';
import { recordingIo } from './recording-io.ts';

const DEALS = [
  'opportunity_id,sales_agent,account,deal_stage,engage_date,close_date,close_value',
  'A,Ana,Acme,Won,2017-01-02,2017-03-01,1054.25',
  'B,Ana,,Won,2017-01-02,2017-03-31,45.75',
  'C,Bo,Acme,Lost,2017-01-02,2017-04-01,',
  'D,Bo,Bcme,Engaging,2017-12-02,,',
  'E,Bo,,Prospecting,,,',
].join('\n');
const here = ['--workspace', 'T123'];
const QUARTER = ['--from', '2017-01-01', '--to', '2017-03-31', ...here];

const theStore = useStore();

function tools() {
  const terminal = recordingIo();
  const { log, lines } = recordingLog();
  const defaults = { ...DEFAULT_PLAYBOOK, timeZone: 'America/New_York' };
  const flow = { store: theStore(), slackOf: () => noSlack, now: terminal.io.now, log, defaults };
  const openWorkspace: Io['openWorkspace'] = async ({ workspaceId = 'T0', begin }) => {
    return { ...(await workspaceIn(flow, { workspaceId, begin })), close: async () => undefined };
  };
  return { terminal, io: { ...terminal.io, openWorkspace }, lines };
}

it('what is imported stands in the figures, exactly, and a second import changes nothing', async () => {
  const { terminal, io, lines } = tools();
  const path = await temporaryFile(DEALS);
  const figures = async () => {
    const before = terminal.out().length;
    expect(await runFigures([...QUARTER, '--json'], io)).toBe(0);
    return JSON.parse(terminal.out().slice(before));
  };
  const owner = ['--owner', 'sales_agent', '--opened', 'engage_date'];
  expect(await runImport([path, ...here, ...owner], io)).toBe(0);
  const once = await figures();
  expect(once.total).toMatchObject({
    won: { count: 2, amounts: [{ value: expect.stringMatching(/^1100(\.0+)?$/), currency: 'USD' }] },
  });
  expect(await runImport([path, ...here, ...owner], io)).toBe(0);
  expect(terminal.out()).toContain('0 new\n  5 already known\n  0 skipped');
  expect(await figures()).toEqual(once);
  expect(terminal.err()).toBe('');
  expect(lines).toEqual([]);
});

it('figures of a workspace that is not known say so, instead of printing noughts', async () => {
  const { terminal, io } = tools();
  expect(await runFigures([...QUARTER.slice(0, 4), '--workspace', 'T999'], io)).toBe(2);
  expect(terminal.err()).toMatch(/^The workspace T999 is not known here; there is /);
});

it('without a workspace and without a token both tools say what to do', async () => {
  const { terminal, io } = tools();
  const { log } = recordingLog();
  const openIt: Io['openWorkspace'] = async (options) =>
    await openWorkspace({ defaults: DEFAULT_PLAYBOOK }, options, io.now, log);
  const nowhere = { ...io, openWorkspace: openIt };
  expect(await runFigures(QUARTER.slice(0, 4), nowhere)).toBe(2);
  expect(await runImport([await temporaryFile(DEALS), '--owner', 'sales_agent'], nowhere)).toBe(2);
  expect(terminal.err()).toBe(
    'Say which workspace: pass --workspace T…, or set SLACK_BOT_TOKEN.\n'.repeat(2),
  );
});

const server = inject('databaseUrl');
// The embedded database is made where it is missing.
if (server !== null) {
  it('a database that is not there is told in one line', async () => {
    const terminal = recordingIo();
    const databaseUrl = Object.assign(new URL(server), { pathname: '/no_such_database' }).href;
    const env = { databaseUrl, defaults: DEFAULT_PLAYBOOK };
    const io: Io = {
      ...terminal.io,
      openWorkspace: (options) => openWorkspace(env, options, terminal.io.now, recordingLog().log),
    };
    expect(await runFigures(QUARTER, io)).toBe(2);
    expect(terminal.err()).toBe('The database cannot be used: database "no_such_database" does not exist.\n');
  });
}

it('teams are taken once', async () => {
  const { terminal, io } = tools();
  const path = await temporaryFile('owner,manager\nAna,Mia\nBo,Mia\n');
  expect(await runImport([path, '--teams', '--workspace', 'T456'], io)).toBe(0);
  expect(await runImport([path, '--teams', '--workspace', 'T456'], io)).toBe(0);
  expect(terminal.out().match(/\d+ reps/g)).toEqual(['2 reps', '0 reps']);
});
