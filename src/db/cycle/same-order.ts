import { and, asc, desc, eq, gte, inArray, isNotNull, lte, notInArray, or, sql } from 'drizzle-orm';
import { PEOPLE_SOURCES } from '../../domain/cycle/deal-update.ts';
import type { Tx } from '../driver.ts';
import { engagements } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { type Engagement, givenOwner } from './engagement.ts';

/** The engagements of these accounts that people told the order of, or that a CRM deal was found to be. */
export async function lockTold(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<Engagement[]> {
  if (accountIds.length === 0) return [];
  return await tx
    .select()
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        isOneOf(engagements.accountId, accountIds),
        inArray(engagements.source, [...PEOPLE_SOURCES]),
        or(isNotNull(engagements.wonAt), isNotNull(engagements.sameAsId)),
      ),
    )
    .orderBy(asc(engagements.id))
    .for('no key update');
}

/** The CRM deals of these accounts and reps that were won in a time, and those named by id, held. */
export async function lockDealsBeside(
  tx: Tx,
  workspaceId: string,
  beside: {
    accountIds: readonly string[];
    repIds: readonly string[];
    from: Date;
    to: Date;
    ids: readonly string[];
  },
): Promise<Engagement[]> {
  const wonThen = and(
    isOneOf(engagements.accountId, beside.accountIds),
    sql`${givenOwner} = any(${sql.param(beside.repIds)}::uuid[])`,
    gte(engagements.wonAt, beside.from),
    lte(engagements.wonAt, beside.to),
  );
  return await tx
    .select()
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        notInArray(engagements.source, [...PEOPLE_SOURCES]),
        or(wonThen, isOneOf(engagements.id, beside.ids)),
      ),
    )
    .orderBy(asc(engagements.id))
    .for('no key update');
}

/** The person's order of each of these deals, by the deal's engagement. */
export async function readJoined(
  tx: Tx,
  workspaceId: string,
  dealEngagementIds: readonly string[],
): Promise<Map<string, Engagement>> {
  if (dealEngagementIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(engagements)
    .where(and(eq(engagements.workspaceId, workspaceId), isOneOf(engagements.sameAsId, dealEngagementIds)));
  return new Map(rows.flatMap((row) => (row.sameAsId === null ? [] : [[row.sameAsId, row]])));
}

/** A rep's orders at an account that came in since then, each once: what a person told of a deal goes on as the deal. */
export async function readOrders(
  tx: Tx,
  workspaceId: string,
  { accountId, repId, since }: { accountId: string; repId: string; since: Date },
): Promise<Engagement[]> {
  return await tx
    .select()
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        eq(engagements.accountId, accountId),
        or(eq(engagements.ownerId, repId), eq(engagements.namedOwnerId, repId)),
        gte(engagements.wonAt, since),
      ),
    )
    .orderBy(desc(engagements.wonAt), asc(engagements.id));
}
