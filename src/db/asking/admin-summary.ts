import { and, asc, count, desc, eq, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { prompts } from '../schema/asking.ts';
import { accounts, engagements } from '../schema/cycle.ts';
import { adminSummaries, reps } from '../schema/people.ts';

export type AdminSummary = typeof adminSummaries.$inferSelect;

/** The reps who keep what nobody can be asked, and have no summary on its way. However much they keep, it is quick. */
export async function findUntoldKeepers(tx: Tx, workspaceId: string): Promise<string[]> {
  const kept = sql`${prompts} where ${prompts.workspaceId} = ${workspaceId} and ${prompts.closedAt} is null and ${prompts.unaskableSince} is not null`;
  const found: unknown = await tx.execute(sql`
    with recursive keeper(id) as (
      (select ${prompts.repId} from ${kept} order by ${prompts.repId} limit 1)
      union all
      select (select ${prompts.repId} from ${kept} and ${prompts.repId} > keeper.id order by ${prompts.repId} limit 1)
      from keeper where keeper.id is not null
    )
    select id from keeper where id is not null and not exists (
      select from ${adminSummaries} where ${adminSummaries.workspaceId} = ${workspaceId}
        and ${adminSummaries.repId} = keeper.id and ${adminSummaries.attemptedAt} is null)`);
  // postgres.js answers with the rows, PGlite with an object that has them.
  const rows = (Array.isArray(found) ? found : (found as { rows: unknown[] }).rows) as { id: string }[];
  return rows.map(({ id }) => id);
}

/** Does nothing where that week's summary is there. */
export async function insertSummary(tx: Tx, summary: typeof adminSummaries.$inferInsert): Promise<void> {
  await tx.insert(adminSummaries).values(summary).onConflictDoNothing();
}

export async function findDueSummaries(tx: Tx, workspaceId: string, now: Date): Promise<string[]> {
  const { id, dueAt, attemptedAt } = adminSummaries;
  const rows = await tx
    .select({ id })
    .from(adminSummaries)
    .where(and(eq(adminSummaries.workspaceId, workspaceId), isNull(attemptedAt), lte(dueAt, now)))
    .orderBy(asc(dueAt));
  return rows.map((row) => row.id);
}

export async function lockSummary(tx: Tx, workspaceId: string, id: string): Promise<AdminSummary | null> {
  const [row] = await tx.select().from(adminSummaries).where(one(workspaceId, id)).for('no key update');
  return row ?? null;
}

export async function saveSummary(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<AdminSummary>,
): Promise<void> {
  await tx.update(adminSummaries).set(change).where(one(workspaceId, id));
}

/** What a rep keeps that nobody can be asked, by the owner whom sources name; whose most is kept first. */
export async function readKept(
  tx: Tx,
  workspaceId: string,
  repId: string,
  limit: { owners: number; accounts: number },
): Promise<{ owner: string; accounts: string[]; count: number }[]> {
  // postgres.js hands JSON over as it is, PGlite has read it.
  const names =
    sql`to_json((array_agg(distinct ${accounts.name} order by ${accounts.name}))[1:${limit.accounts}])`.mapWith(
      (found: string | string[]) => (typeof found === 'string' ? (JSON.parse(found) as string[]) : found),
    );
  const isWhose = sql`${reps.id} = coalesce(${prompts.namedRepId}, ${engagements.namedOwnerId})`;
  const kept = sql<number>`count(distinct ${accounts.id})`.mapWith(Number);
  return await tx
    .select({ owner: reps.name, accounts: names, count: kept })
    .from(prompts)
    .innerJoin(
      accounts,
      and(eq(accounts.workspaceId, prompts.workspaceId), eq(accounts.id, prompts.accountId)),
    )
    .leftJoin(
      engagements,
      and(eq(engagements.workspaceId, prompts.workspaceId), eq(engagements.id, prompts.engagementId)),
    )
    .innerJoin(reps, and(eq(reps.workspaceId, prompts.workspaceId), isWhose))
    .where(
      and(
        eq(prompts.workspaceId, workspaceId),
        eq(prompts.repId, repId),
        isNull(prompts.closedAt),
        isNotNull(prompts.unaskableSince),
      ),
    )
    .groupBy(reps.id, reps.name)
    .orderBy(desc(count()), asc(reps.name))
    .limit(limit.owners);
}

function one(workspaceId: string, id: string) {
  return and(eq(adminSummaries.workspaceId, workspaceId), eq(adminSummaries.id, id));
}
