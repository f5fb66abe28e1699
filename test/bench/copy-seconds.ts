import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import postgres from 'postgres';
import { scratchDatabase } from '../support/scratch-database.ts';
import { timed } from './point.ts';
import { withStore } from './world.ts';

/** How long PostgreSQL's own COPY takes to bring all rows of a database into the same tables of another, in s. */
export async function copySeconds(databaseUrl: string): Promise<number> {
  await using empty = await scratchDatabase();
  await withStore(empty.url, async () => undefined);
  const from = postgres(databaseUrl, { max: 1 });
  const to = postgres(empty.url, { max: 1 });
  try {
    const tables = await tablesInOrder(from);
    return (await copyAll(from, to, tables)) / 1_000;
  } finally {
    await Promise.all([from.end(), to.end()]);
  }
}

/** Only writing is timed; the rows of a table are held meanwhile. */
async function copyAll(from: postgres.Sql, to: postgres.Sql, tables: readonly string[]): Promise<number> {
  let took = 0;
  for (const table of tables) {
    const reading = await from`copy ${from(table)} to stdout`.readable();
    const rows: Buffer[] = [];
    // Flowing, for postgres.js loses the end of what it pauses.
    reading.on('data', (chunk: Buffer) => rows.push(chunk));
    await finished(reading);
    took += await timed(async () =>
      pipeline(Readable.from(rows), await to`copy ${to(table)} from stdin`.writable()),
    );
  }
  return took;
}

/** The product's tables, each after those that it refers to. */
async function tablesInOrder(sql: postgres.Sql): Promise<string[]> {
  const all = await sql<{ name: string; refersTo: string[] }[]>`
    select c.relname as name, coalesce(array_agg(f.confrelid::regclass::text)
      filter (where f.confrelid <> c.oid), '{}') as "refersTo"
    from pg_class c left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f'
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by c.oid, c.relname order by c.relname`;
  const ordered: string[] = [];
  while (ordered.length < all.length) {
    const next = all.find(
      ({ name, refersTo }) => !ordered.includes(name) && refersTo.every((other) => ordered.includes(other)),
    );
    if (next === undefined) throw new Error('tables refer to one another in a circle');
    ordered.push(next.name);
  }
  return ordered;
}
