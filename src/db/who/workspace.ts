import { asc, eq } from 'drizzle-orm';
import type { Playbook } from '../../domain/asking/playbook.ts';
import type { Tx } from '../driver.ts';
import { playbookVersions } from '../schema/asking.ts';
import { playbooks, workspaces } from '../schema/people.ts';

/** One bot speaks for one workspace: with its token, what is another's would go to people who are none of theirs. */
export class OtherWorkspaceError extends Error {
  constructor(others: readonly { id: string; name: string }[], workspaceId: string) {
    const whose = others.map(({ id, name }) => (name === id ? id : `${name} (${id})`)).join(' and ');
    super(`the database is that of ${whose}; ${workspaceId} needs a DATABASE_URL or DATA_DIR of its own`);
    this.name = 'OtherWorkspaceError';
  }
}

/** Throws an OtherWorkspaceError when the database holds any workspace but this one. */
export async function refuseOthers(tx: Tx, workspaceId: string): Promise<void> {
  const others = (await listWorkspaces(tx)).filter(({ id }) => id !== workspaceId);
  if (others.length > 0) throw new OtherWorkspaceError(others, workspaceId);
}

/** Makes sure that the workspace is known; its name, and its address where it is told, follow Slack's. */
export async function saveWorkspace(
  tx: Tx,
  workspaceId: string,
  name: string,
  now: Date,
  url?: string,
): Promise<void> {
  await tx
    .insert(workspaces)
    .values({ id: workspaceId, name, url, createdAt: now })
    .onConflictDoUpdate({ target: workspaces.id, set: { name, url } });
}

/** The workspace's address in Slack; null while Slack has not told it. */
export async function readWorkspaceUrl(tx: Tx, workspaceId: string): Promise<string | null> {
  const [row] = await tx
    .select({ url: workspaces.url })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  return row?.url ?? null;
}

export async function listWorkspaces(tx: Tx): Promise<{ id: string; name: string }[]> {
  const { id, name } = workspaces;
  return await tx.select({ id, name }).from(workspaces).orderBy(asc(workspaces.id));
}

/** The workspace's settings over `defaults`, with all that it has learned, oldest first. */
export async function readPlaybook(tx: Tx, workspaceId: string, defaults: Playbook): Promise<Playbook> {
  const { version, computedAt, valueDays } = playbookVersions;
  const rows = await tx
    .select({ settings: playbooks.settings, version, computedAt, valueDays })
    .from(workspaces)
    .leftJoin(playbooks, eq(playbooks.workspaceId, workspaces.id))
    .leftJoin(playbookVersions, eq(playbookVersions.workspaceId, workspaces.id))
    .where(eq(workspaces.id, workspaceId))
    .orderBy(asc(version));
  const learned = rows.flatMap((row) => {
    return row.version === null || row.computedAt === null
      ? []
      : [{ version: row.version, computedAt: row.computedAt, valueDays: row.valueDays }];
  });
  return { ...defaults, ...rows[0]?.settings, learned };
}

export async function savePlaybook(
  tx: Tx,
  workspaceId: string,
  settings: Partial<Playbook>,
  now: Date,
): Promise<void> {
  await tx
    .insert(playbooks)
    .values({ workspaceId, settings, updatedAt: now })
    .onConflictDoUpdate({ target: playbooks.workspaceId, set: { settings, updatedAt: now } });
}
