import { and, asc, count, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { BOARD_GROUPS, type BoardGroup } from '../domain/asking/board.ts';
import { readDoors } from './board.ts';
import type { Tx } from './driver.ts';
import { prompts } from './schema/asking.ts';

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
