import { and, asc, count, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { BOARD_GROUPS, type BoardGroup } from '../domain/asking/board.ts';
import { readDoors } from './board.ts';
import { askedOf } from './cycle/need.ts';
import type { Tx } from './driver.ts';
import { needs, verifications } from './schema/answers.ts';
import { prompts } from './schema/asking.ts';
import { accounts, engagements } from './schema/cycle.ts';

const nameOf = { id: accounts.id, name: accounts.name };

/** Whose open questions, at one instant; of one account only where it is named. */
export interface BoardOf {
  repId: string;
  now: Date;
  accountId?: string | undefined;
}

/** A page of a rep's open questions, from the `offset`-th on: what waits, then what comes, then what is quiet. */
export async function readBoardPage(
  tx: Tx,
  workspaceId: string,
  of: BoardOf,
  page: { offset: number; limit: number },
) {
  const group = groupAt(of.now);
  const rows = await tx
    .select({ id: prompts.id, group })
    .from(prompts)
    .where(openFor(workspaceId, of))
    .orderBy(rankOf(group), asc(sql`coalesce(${prompts.lastAskedAt}, ${prompts.dueAt})`), asc(prompts.id))
    .offset(page.offset)
    .limit(page.limit);
  const ids = rows.map(({ id }) => id);
  const doors = new Map(
    (await readDoors(tx, workspaceId, { ids, limit: ids.length })).map((door) => [door.promptId, door]),
  );
  return rows.flatMap(({ id, group }) => {
    const door = doors.get(id);
    return door === undefined ? [] : [{ ...door, group }];
  });
}

/** How many open questions there are in each group. */
export async function countBoard(
  tx: Tx,
  workspaceId: string,
  of: BoardOf,
): Promise<Record<BoardGroup, number>> {
  const group = groupAt(of.now);
  const rows = await tx
    .select({ group, count: count() })
    .from(prompts)
    .where(openFor(workspaceId, of))
    .groupBy(sql`1`);
  const counts = { waiting: 0, coming: 0, quiet: 0 };
  for (const row of rows) counts[row.group] = row.count;
  return counts;
}

function openFor(workspaceId: string, { repId, accountId }: BoardOf): SQL | undefined {
  return and(
    eq(prompts.workspaceId, workspaceId),
    eq(prompts.repId, repId),
    isNull(prompts.closedAt),
    accountId === undefined ? undefined : eq(prompts.accountId, accountId),
  );
}

/** What is in a message already waits, whenever it is asked again. */
function groupAt(now: Date): SQL<BoardGroup> {
  return sql`case when ${prompts.quietSince} is not null then 'quiet'
    when ${prompts.asked} > 0 or ${prompts.dueAt} <= ${now.toISOString()}::timestamptz
    then 'waiting' else 'coming' end`;
}

function rankOf(group: SQL<BoardGroup>): SQL {
  return sql`array_position(${sql.raw(`array['${BOARD_GROUPS.join("','")}']`)}, ${group})`;
}

/** Whose desk, and of one account only where it is named. */
type DeskOf = Pick<BoardOf, 'repId' | 'accountId'>;

/** Open needs that a rep is asked about, those with the nearest day first; and how many there are. */
export async function readOpenNeedsOf(tx: Tx, workspaceId: string, of: DeskOf, limit: number) {
  const open = and(
    eq(needs.workspaceId, workspaceId),
    sql`${askedOf(workspaceId)} = ${of.repId}`,
    eq(needs.outcome, 'open'),
    of.accountId === undefined ? undefined : eq(needs.accountId, of.accountId),
  );
  const { words, estimate, currency, neededOn } = needs;
  const rows = await tx
    .select({ account: nameOf, words, estimate, currency, neededOn })
    .from(needs)
    .innerJoin(accounts, and(eq(accounts.workspaceId, workspaceId), eq(accounts.id, needs.accountId)))
    .where(open)
    .orderBy(asc(neededOn), asc(needs.heardAt), asc(needs.id))
    .limit(limit);
  const [all] = await tx.select({ count: count() }).from(needs).where(open);
  return { rows, total: all?.count ?? 0 };
}

/** What clients said to a rep of what they got, latest first. */
export async function readSaidTo(tx: Tx, workspaceId: string, of: DeskOf, limit: number) {
  const { words, who, seesValue, heldOn } = verifications;
  return await tx
    .select({ account: nameOf, words, who, seesValue, heldOn })
    .from(verifications)
    .innerJoin(accounts, and(eq(accounts.workspaceId, workspaceId), eq(accounts.id, verifications.accountId)))
    .where(
      and(
        eq(verifications.workspaceId, workspaceId),
        eq(verifications.repId, of.repId),
        of.accountId === undefined ? undefined : eq(verifications.accountId, of.accountId),
      ),
    )
    .orderBy(desc(verifications.recordedAt), desc(verifications.id))
    .limit(limit);
}

/** What was promised with a rep's orders that is not seen yet, the nearest day first. */
export async function readPromisesOf(tx: Tx, workspaceId: string, of: DeskOf, limit: number) {
  const by = sql<string | null>`${engagements.promise}->>'by'`;
  const words = sql<string>`${engagements.promise}->>'words'`;
  return await tx
    .select({ account: nameOf, words, by })
    .from(engagements)
    .innerJoin(accounts, and(eq(accounts.workspaceId, workspaceId), eq(accounts.id, engagements.accountId)))
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        eq(engagements.ownerId, of.repId),
        isNotNull(engagements.promise),
        isNull(engagements.verifiedAt),
        isNull(engagements.sameAsId),
        of.accountId === undefined ? undefined : eq(engagements.accountId, of.accountId),
      ),
    )
    .orderBy(asc(by), asc(engagements.id))
    .limit(limit);
}
