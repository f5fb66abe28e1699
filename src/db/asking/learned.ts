import { and, count, desc, eq, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { KNOWN_ENOUGH, type Rhythm } from '../../domain/asking/learning.ts';
import type { Tx } from '../driver.ts';
import { accountRhythms, playbookVersions } from '../schema/asking.ts';
import { engagements } from '../schema/cycle.ts';
import { workspaces } from '../schema/people.ts';
import { isOneOf } from '../sql/is-one-of.ts';

/** Orders looked at: the latest, for what took a client long years ago says little. */
const ORDERS_AT_MOST = 1_000;

/** Takes it upon the caller to learn for a workspace; false when somebody has since `before`. */
export async function claimLearning(tx: Tx, workspaceId: string, before: Date, now: Date): Promise<boolean> {
  const isDue = or(isNull(workspaces.learnedAt), lte(workspaces.learnedAt, before));
  const rows = await tx
    .update(workspaces)
    .set({ learnedAt: now })
    .where(and(eq(workspaces.id, workspaceId), isDue))
    .returning({ id: workspaces.id });
  return rows.length > 0;
}

/** The latest orders whose value the client sees. */
export async function readSeenOrders(
  tx: Tx,
  workspaceId: string,
): Promise<{ wonAt: Date; verifiedAt: Date }[]> {
  const { wonAt, verifiedAt, sameAsId } = engagements;
  const rows = await tx
    .select({ wonAt, verifiedAt })
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        isNotNull(wonAt),
        isNotNull(verifiedAt),
        isNull(sameAsId),
      ),
    )
    .orderBy(desc(verifiedAt))
    .limit(ORDERS_AT_MOST);
  return rows.flatMap(({ wonAt: won, verifiedAt: seen }) => {
    return won === null || seen === null ? [] : [{ wonAt: won, verifiedAt: seen }];
  });
}

/**
 * The upper quartile, in days, of the gaps of each account that has had enough of them. A gap lies between the end of all that
 * a rep had going on there and the next thing that began for that rep.
 */
export async function readGaps(
  tx: Tx,
  workspaceId: string,
): Promise<{ accountId: string; upperQuartile: number }[]> {
  const { accountId, namedOwnerId, openedAt, endedAt, ending, id, sameAsId } = engagements;
  const restedSince = sql<Date>`max(coalesce(${endedAt}, 'infinity')) over (partition by ${accountId}, ${namedOwnerId}
    order by ${openedAt}, ${id} rows between unbounded preceding and 1 preceding)`;
  const turns = tx
    .select({ accountId, openedAt, restedSince: restedSince.as('rested_since') })
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        isNull(sameAsId),
        or(isNull(ending), ne(ending, 'deleted')),
      ),
    )
    .as('turns');
  const days = sql`extract(epoch from ${turns.openedAt} - ${turns.restedSince}) / 86400`;
  return await tx
    .select({
      accountId: turns.accountId,
      upperQuartile: sql<number>`percentile_cont(0.75) within group (order by ${days})::float8`,
    })
    .from(turns)
    .where(sql`${turns.restedSince} < ${turns.openedAt}`)
    .groupBy(turns.accountId)
    .having(sql`${count()} >= ${KNOWN_ENOUGH}`);
}

/** Every rhythm that was ever learned of these accounts; of all accounts without them. */
export async function readRhythms(
  tx: Tx,
  workspaceId: string,
  accountIds?: readonly string[],
): Promise<Rhythm[]> {
  const { accountId, version, days } = accountRhythms;
  return await tx
    .select({ accountId, version, computedAt: playbookVersions.computedAt, days })
    .from(accountRhythms)
    .innerJoin(
      playbookVersions,
      and(
        eq(playbookVersions.workspaceId, accountRhythms.workspaceId),
        eq(playbookVersions.version, accountRhythms.version),
      ),
    )
    .where(
      and(
        eq(accountRhythms.workspaceId, workspaceId),
        accountIds === undefined ? undefined : isOneOf(accountId, accountIds),
      ),
    );
}

/** Stores what was learned as the next version of the playbook. */
export async function insertVersion(
  tx: Tx,
  version: typeof playbookVersions.$inferInsert,
  rhythms: readonly { accountId: string; days: number | null }[],
): Promise<void> {
  await tx.insert(playbookVersions).values(version);
  const rows = rhythms.map((rhythm) => {
    return { workspaceId: version.workspaceId, version: version.version, ...rhythm };
  });
  if (rows.length > 0) await tx.insert(accountRhythms).values(rows);
}
