import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { expect, inject, it, onTestFinished } from 'vitest';
import { MIGRATIONS } from '../../src/db/connect/migrations.ts';
import { Store } from '../../src/db/store.ts';
import { astray } from '../flow/model/astray.ts';
import { ANA, BEN } from '../flow/model/cast.ts';
import { droppedDates } from '../flow/model/dates-stand.ts';
import { deadEnds } from '../flow/model/no-dead-end.ts';
import { withoutReason } from '../flow/model/says-why.ts';
import { select } from '../flow/model/select.ts';
import { Office } from '../support/office.ts';
import { scratchDatabase } from '../support/scratch-database.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** What the first release stored: Acme won and asked about, Bolt lost with a day to come back, a name without an id. */
const FIRST_RELEASE = `
insert into workspaces values ('T000001', 'Test', '2026-11-01', '2026-11-20');
insert into reps (workspace_id, id, name, email, slack_user_id, time_zone, active, created_at) values
  ('T000001', '${id(1)}', 'Ana Lima', '${ANA.email}', '${ANA.slackUserId}', 'UTC', true, '2026-11-01'),
  ('T000001', '${id(2)}', 'Ben Ode', '${BEN.email}', '${BEN.slackUserId}', 'UTC', true, '2026-11-01'),
  ('T000001', '${id(3)}', 'Nobody Known', null, null, null, true, '2026-11-01');
insert into rep_aliases values
  ('T000001', 'email:${ANA.email}', '${id(1)}'), ('T000001', 'slack:${ANA.slackUserId}', '${id(1)}'),
  ('T000001', 'email:${BEN.email}', '${id(2)}'), ('T000001', 'name:nobody known', '${id(3)}');
insert into accounts (workspace_id, id, name, name_key, source, external_id, named_at, created_at) values
  ('T000001', '${id(11)}', 'Acme', 'acme', 'crm', 'A-1', '2026-11-19', '2026-11-01'),
  ('T000001', '${id(12)}', 'Bolt', 'bolt', 'crm', 'A-2', '2026-11-10', '2026-11-01'),
  ('T000001', '${id(13)}', 'Corner', 'corner', null, null, '2026-11-05', '2026-11-01');
insert into deal_events (workspace_id, source, event_id, deal_id, occurred_at, received_at, history, applied, "update") values
  ('T000001', 'crm', 'e1', 'D-1', '2026-11-19 10:00Z', '2026-11-19 10:00Z', false, true,
   '{"source":"crm","eventId":"e1","dealId":"D-1","status":"won","account":{"id":"A-1","name":"Acme"},"owner":{"email":"${ANA.email}"},"amount":{"value":"4514.00","currency":"USD"}}'),
  ('T000001', 'crm', 'e2', 'D-2', '2026-11-09 10:00Z', '2026-11-09 10:00Z', false, true,
   '{"source":"crm","eventId":"e2","dealId":"D-2","status":"open","stage":"close","account":{"id":"A-2","name":"Bolt"},"owner":{"email":"${BEN.email}"}}'),
  ('T000001', 'crm', 'e3', 'D-3', '2026-11-05 10:00Z', '2026-11-05 10:00Z', false, true,
   '{"source":"crm","eventId":"e3","dealId":"D-3","status":"open","account":{"name":"Corner"},"owner":{"name":"Nobody Known"}}');
insert into deal_events (workspace_id, source, event_id, deal_id, occurred_at, received_at, history, applied, "update") values
  ('T000001', 'crm', 'e4', 'D-4', '2026-11-20 16:00Z', '2026-11-20 16:00Z', false, true,
   '{"source":"crm","eventId":"e4","dealId":"D-4","status":"won","account":{"id":"A-2","name":"Bolt"},"owner":{"email":"${BEN.email}"}}');
insert into engagements (workspace_id, id, account_id, owner_id, named_owner_id, source, deal_id, stage, opened_at, won_at,
  asking_fact_id, asking_since, asking_how, created_at) values
  ('T000001', '${id(24)}', '${id(12)}', '${id(2)}', '${id(2)}', 'crm', 'D-4', 'verify', '2026-11-20 16:00Z', '2026-11-20 16:00Z',
   'crm:e4', '2026-11-20 16:00Z', 'entered', '2026-11-20');
insert into engagements (workspace_id, id, account_id, owner_id, named_owner_id, source, deal_id, stage, ending, ended_at,
  opened_at, won_at, amount, currency, asking_fact_id, asking_since, asking_how, return_on, return_reason, created_at) values
  ('T000001', '${id(21)}', '${id(11)}', '${id(1)}', '${id(1)}', 'crm', 'D-1', 'verify', null, null,
   '2026-11-19 10:00Z', '2026-11-19 10:00Z', 4514.00, 'USD', 'crm:e1', '2026-11-19 10:00Z', 'entered', null, null, '2026-11-19'),
  ('T000001', '${id(22)}', '${id(12)}', '${id(2)}', '${id(2)}', 'crm', 'D-2', 'close', 'lost', '2026-11-10 10:00Z',
   '2026-11-09 10:00Z', null, null, null, 'crm:e2', '2026-11-09 10:00Z', 'entered', '2027-03-01', 'the price', '2026-11-09'),
  ('T000001', '${id(23)}', '${id(13)}', '${id(3)}', '${id(3)}', 'crm', 'D-3', 'discover', null, null,
   '2026-11-05 10:00Z', null, null, null, 'crm:e3', '2026-11-05 10:00Z', 'entered', null, null, '2026-11-05');
insert into answers (workspace_id, id, key, account_id, engagement_id, rep_id, at, fact) values
  ('T000001', '${id(31)}', 'lost', '${id(12)}', '${id(22)}', '${id(2)}', '2026-11-10 10:00Z',
   '{"answer":{"kind":"lost","reason":"the price","returnOn":"2027-03-01"}}');
insert into prompts (workspace_id, id, account_id, engagement_id, rep_id, question, rule, fact_id, since, urgent, due_at,
  asked, last_asked_at, created_at) values
  ('T000001', '${id(41)}', '${id(11)}', '${id(21)}', '${id(1)}', 'verify', 'on_close', 'crm:e1', '2026-11-19 10:00Z', false,
   '2026-11-24 09:00Z', 1, '2026-11-19 10:01Z', '2026-11-19'),
  ('T000001', '${id(42)}', '${id(12)}', null, '${id(2)}', 'return', 'lost_return', '${id(22)}', '2026-11-10 10:00Z', false,
   '2027-03-01 09:00Z', 0, null, '2026-11-10'),
  ('T000001', '${id(43)}', '${id(13)}', '${id(23)}', '${id(3)}', 'discover', 'in_stage', 'crm:e3', '2026-11-05 10:00Z', false,
   '2026-11-24 09:00Z', 0, null, '2026-11-05');
insert into prompts (workspace_id, id, account_id, engagement_id, rep_id, question, rule, fact_id, since, urgent, due_at,
  created_at) values
  ('T000001', '${id(44)}', '${id(12)}', '${id(24)}', '${id(2)}', 'verify', 'on_close', 'crm:e4', '2026-11-20 16:00Z', true,
   '2026-11-23 14:00Z', '2026-11-20');
insert into bundles (workspace_id, id, rep_id, status, urgent, daily, claimed_at, attempted_at, attempts, delivered_at, channel_id, message_ts)
  values ('T000001', '${id(51)}', '${id(1)}', 'delivered', true, false, '2026-11-19 10:00Z', '2026-11-19 10:00Z', 1, '2026-11-19 10:01Z', 'D1', '1.1');
insert into bundle_prompts values ('T000001', '${id(51)}', '${id(41)}', 0);
insert into needs (workspace_id, id, account_id, rep_id, words, heard_at, needed_on) values
  ('T000001', '${id(61)}', '${id(13)}', '${id(2)}', 'a second line', '2026-11-06', '2026-12-15');
insert into digest_subscriptions values ('T000001', 'C1', 'weekly', 'UTC', '${id(2)}', '2026-11-16', '2026-11-23 09:00Z', 'not_in_channel');
`;

it('what the first release stored is taken over whole: nothing is asked twice, and each named day stands', async () => {
  const office = await Office.open(await openUpgraded(), { workspaceId: 'T000001', people: [ANA, BEN] });
  await office.sweep();
  await office.sweep();
  // Slack's side of this office knows nothing of what was sent before: so only what the tables tell is looked at.
  for (const look of [deadEnds, astray, droppedDates, withoutReason]) expect(await look(office)).toEqual([]);
  const stands = await select<{ account: string; question: string; asked: number; on: string }>(
    office,
    sql`select a.name as account, question, asked, to_char(due_at, 'YYYY-MM-DD') as "on" from prompts p
      join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
      where p.workspace_id = 'T000001' and closed_at is null order by 1, 2`,
  );
  expect(stands).toContainEqual({ account: 'Acme', question: 'verify', asked: 1, on: '2026-11-24' });
  expect(stands).toContainEqual({ account: 'Bolt', question: 'return', asked: 0, on: '2027-03-01' });
  expect(stands.map(({ account }) => account)).toContain('Corner');
  // Nobody was asked about this close: first comes what was promised, and three weeks later whether they see it.
  expect(stands).toContainEqual({ account: 'Bolt', question: 'promise', asked: 0, on: '2026-11-23' });
  expect(stands).toContainEqual({ account: 'Bolt', question: 'verify', asked: 0, on: '2026-12-11' });
  expect(stands).toContainEqual({ account: 'Corner', question: 'need', asked: 0, on: '2026-12-15' });
  expect(stands.filter(({ account }) => account === 'Acme')).toHaveLength(1);
  expect(office.slack.bundlesOf(ANA.slackUserId)).toEqual([]);
});

/** A store on a database that the first release made and filled. */
async function openUpgraded(): Promise<Store> {
  const folder = await firstMigration();
  const server = inject('databaseUrl');
  if (server === null) return await opened({ dataDir: await filledFolder(folder) });
  const database = await scratchDatabase(server);
  onTestFinished(() => database[Symbol.asyncDispose]());
  const client = postgres(database.url, { max: 1, onnotice: () => undefined });
  await migratePostgres(drizzlePostgres(client), { migrationsFolder: folder });
  await client.unsafe(FIRST_RELEASE);
  await client.end();
  return await opened({ databaseUrl: database.url });
}

async function filledFolder(migrationsFolder: string): Promise<string> {
  const dataDir = await temporary();
  const lite = await PGlite.create(join(dataDir, 'pglite'));
  await migratePglite(drizzlePglite(lite), { migrationsFolder });
  await lite.exec(FIRST_RELEASE);
  await lite.close();
  return dataDir;
}

async function opened(where: { dataDir?: string; databaseUrl?: string }): Promise<Store> {
  const errors: Error[] = [];
  const store = await Store.open({ ...where, onError: (error) => void errors.push(error) });
  onTestFinished(async () => {
    await store.close();
    expect(errors).toEqual([]);
  });
  return store;
}

/** The migrations as they were when there was one. */
async function firstMigration(): Promise<string> {
  const folder = await temporary();
  await cp(MIGRATIONS, folder, { recursive: true });
  const path = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: unknown[] };
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
  return folder;
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'whats-next-upgrade-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
