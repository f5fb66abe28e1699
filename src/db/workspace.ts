import { asc, eq } from 'drizzle-orm';
import type { Playbook } from '../domain/playbook.ts';
import type { Tx } from './driver.ts';
import { playbooks, workspaces } from './schema-people.ts';

/** Makes sure that the workspace is known; its name follows Slack's. */
export async function saveWorkspace(tx: Tx, workspaceId: string, name: string, now: Date): Promise<void> {
  await tx
    .insert(workspaces)
    .values({ id: workspaceId, name, createdAt: now })
    .onConflictDoUpdate({ target: workspaces.id, set: { name } });
}

export async function listWorkspaces(
  tx: Tx,
): Promise<{ id: string; name: string; repsMatchedAt: Date | null }[]> {
  const { id, name, repsMatchedAt } = workspaces;
  return await tx.select({ id, name, repsMatchedAt }).from(workspaces).orderBy(asc(workspaces.id));
}

export async function markRepsMatched(tx: Tx, workspaceId: string, now: Date): Promise<void> {
  await tx.update(workspaces).set({ repsMatchedAt: now }).where(eq(workspaces.id, workspaceId));
}

/** The workspace's settings over `defaults`. */
export async function readPlaybook(tx: Tx, workspaceId: string, defaults: Playbook): Promise<Playbook> {
  const [row] = await tx.select().from(playbooks).where(eq(playbooks.workspaceId, workspaceId));
  return { ...defaults, ...row?.settings };
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
