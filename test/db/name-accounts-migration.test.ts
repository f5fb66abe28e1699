import { readdir, readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';

const MIGRATIONS = new URL('../../migrations/', import.meta.url);
const NAMING = /accounts_as_named/;
const id = (n: number) => `00000000-0000-0000-0000-00000000000${n}`;

/** A database as it was before accounts were kept as they are named, and what brings it up to that. */
async function before(): Promise<{ db: PGlite; migrate(): Promise<unknown> }> {
  const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort();
  const text = async (name: string) => await readFile(new URL(name, MIGRATIONS), 'utf8');
  const naming = files.findIndex((name) => NAMING.test(name));
  const db = await PGlite.create();
  for (const name of files.slice(0, naming)) await db.exec(await text(name));
  return { db, migrate: async () => await db.exec(await text(files[naming] ?? '')) };
}

it('brings accounts that were joined for ever, and what a moved deal left behind, to where they belong', async () => {
  const { db, migrate } = await before();
  await db.exec(`
    insert into reps (workspace_id, id, name, created_at) values ('T', '${id(9)}', 'Ana', now());
    insert into accounts (workspace_id, id, name, name_key, source, external_id, named_at, created_at) values
      ('T', '${id(1)}', 'Corner', 'corner', 'crm', 'A-1', now(), now()),
      ('T', '${id(2)}', 'corner', 'corner', null, null, now(), now()),
      ('T', '${id(3)}', 'Acme', 'acme', 'crm', 'A-3', now(), now()),
      ('U', '${id(2)}', 'corner', 'corner', null, null, now(), now());
    insert into engagements (workspace_id, id, account_id, owner_id, named_owner_id, source, deal_id, stage, opened_at,
      asking_fact_id, asking_since, asking_how, created_at)
      values ('T', '${id(5)}', '${id(2)}', '${id(9)}', '${id(9)}', 'crm', 'D-1', 'verify', now(), 'f', now(), 'entered', now());
    insert into prompts (workspace_id, id, account_id, engagement_id, rep_id, question, rule, fact_id, since, urgent, due_at,
      created_at) values ('T', '${id(6)}', '${id(3)}', '${id(5)}', '${id(9)}', 'verify', 'on_close', 'f', now(), true, now(), now());
    insert into needs (workspace_id, id, account_id, engagement_id, rep_id, words, heard_at) values
      ('T', '${id(7)}', '${id(2)}', null, '${id(9)}', 'a van', now()),
      ('T', '${id(8)}', '${id(3)}', '${id(5)}', '${id(9)}', 'a crane', now());
    insert into deal_events (workspace_id, source, event_id, deal_id, occurred_at, received_at, history, applied, update) values
      ('T', 'crm', 'evt_1', 'D-1', now(), now(), false, true, '{"account": {"name": "corner"}}'),
      ('T', 'crm', 'evt_2', 'D-2', now(), now(), false, true, '{"account": {"id": "A-3", "name": "Acme"}}'),
      ('T', 'crm', 'evt_3', 'D-2', now(), now(), false, true,
        '{"account": {"id": "A-3", "name": "Acme"}, "closedAt": "2199-12-31T00:00:00.000Z"}');`);
  await migrate();
  const rows = async (query: string) => (await db.query<Record<string, unknown>>(query)).rows;
  expect(
    await rows('select workspace_id, joins_id from accounts where external_id is null order by 1'),
  ).toEqual([
    { workspace_id: 'T', joins_id: id(1) },
    { workspace_id: 'U', joins_id: null },
  ]);
  expect(await rows('select account_id, named_account_id from engagements')).toEqual([
    { account_id: id(1), named_account_id: id(2) },
  ]);
  expect(await rows('select account_id from prompts union all select account_id from needs')).toEqual([
    { account_id: id(1) },
    { account_id: id(1) },
    { account_id: id(1) },
  ]);
  expect(await rows('select words, named_account_id from needs order by words')).toEqual([
    { words: 'a crane', named_account_id: null },
    { words: 'a van', named_account_id: id(2) },
  ]);
  expect(await rows('select event_id from deal_events where not applied order by 1')).toEqual([
    { event_id: 'evt_1' },
    { event_id: 'evt_3' },
  ]);
  expect(await rows('select count(*)::int as count from account_names')).toEqual([{ count: 3 }]);
  await db.close();
}, 60_000);
