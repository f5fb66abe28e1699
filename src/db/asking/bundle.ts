import { and, asc, desc, eq, gt, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { SentBefore } from '../../domain/asking/bundle.ts';
import type { Tx } from '../driver.ts';
import { bundlePrompts, bundles, prompts } from '../schema/asking.ts';
import { isOneOf } from '../sql/is-one-of.ts';

export type Bundle = typeof bundles.$inferSelect;

/** When a rep was sent DMs, and which of them. What never left does not count. */
export async function readSentBefore(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
  since: Date,
): Promise<Map<string, SentBefore & { onItsWay: boolean }>> {
  if (repIds.length === 0) return new Map();
  const { repId, urgent, daily, status, claimedAt } = bundles;
  const rows = await tx
    .select({ repId, urgent, daily, status, at: claimedAt })
    .from(bundles)
    .where(
      and(
        eq(bundles.workspaceId, workspaceId),
        isOneOf(bundles.repId, repIds),
        isOneOf(bundles.status, ['on_its_way', 'delivered']),
        or(eq(bundles.status, 'on_its_way'), gt(bundles.claimedAt, since)),
      ),
    )
    .orderBy(asc(claimedAt));
  return new Map([...Map.groupBy(rows, (row) => row.repId)].map(([id, sent]) => [id, sentBefore(sent)]));
}

function sentBefore(sent: readonly Sent[]) {
  return {
    urgentAt: sent.findLast(({ urgent }) => urgent)?.at ?? null,
    dailyAt: sent.findLast(({ daily }) => daily)?.at ?? null,
    dmsAt: sent.map(({ at }) => at),
    onItsWay: sent.some(({ status }) => status === 'on_its_way'),
  };
}

type Sent = Pick<Bundle, 'urgent' | 'daily' | 'status'> & { at: Date };

/** Puts bundles on their way with their prompts, in order. */
export async function insertBundles(
  tx: Tx,
  workspaceId: string,
  rows: readonly { bundle: typeof bundles.$inferInsert; promptIds: string[] }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.insert(bundles).values(rows.map((row) => row.bundle));
  const members = rows.flatMap(({ bundle, promptIds }) =>
    promptIds.map((promptId, position) => ({ workspaceId, bundleId: bundle.id, promptId, position })),
  );
  await tx.insert(bundlePrompts).values(members);
  const bundleIds = rows.map((row) => row.bundle.id);
  await tx
    .update(prompts)
    .set({ bundleId: bundlePrompts.bundleId })
    .from(bundlePrompts)
    .where(
      and(
        eq(prompts.workspaceId, workspaceId),
        eq(bundlePrompts.workspaceId, workspaceId),
        eq(bundlePrompts.promptId, prompts.id),
        isOneOf(bundlePrompts.bundleId, bundleIds),
      ),
    );
}

export async function lockBundle(tx: Tx, workspaceId: string, id: string): Promise<Bundle | null> {
  const [row] = await tx.select().from(bundles).where(one(workspaceId, id)).for('no key update');
  return row ?? null;
}

export async function readBundle(tx: Tx, workspaceId: string, id: string): Promise<Bundle | null> {
  const [row] = await tx.select().from(bundles).where(one(workspaceId, id));
  return row ?? null;
}

export async function saveBundle(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<Bundle>,
): Promise<void> {
  await tx.update(bundles).set(change).where(one(workspaceId, id));
}

/** The prompts of a bundle, in order, whether still claimed by it or not. */
export async function readBundlePromptIds(tx: Tx, workspaceId: string, bundleId: string): Promise<string[]> {
  const rows = await tx
    .select({ promptId: bundlePrompts.promptId })
    .from(bundlePrompts)
    .where(and(eq(bundlePrompts.workspaceId, workspaceId), eq(bundlePrompts.bundleId, bundleId)))
    .orderBy(asc(bundlePrompts.position));
  return rows.map((row) => row.promptId);
}

/** Lets go of the prompts a bundle claimed, so that another bundle can take them. */
export async function releasePrompts(tx: Tx, workspaceId: string, bundleId: string): Promise<void> {
  await tx
    .update(prompts)
    .set({ bundleId: null })
    .where(and(eq(prompts.workspaceId, workspaceId), eq(prompts.bundleId, bundleId)));
}

/** The DMs that show any of these prompts, latest first: they are drawn anew when a prompt is closed. */
export async function findDeliveredBundles(
  tx: Tx,
  workspaceId: string,
  promptIds: readonly string[],
): Promise<string[]> {
  if (promptIds.length === 0) return [];
  const rows = await tx
    .selectDistinct({ id: bundles.id })
    .from(bundles)
    .innerJoin(
      bundlePrompts,
      and(eq(bundlePrompts.workspaceId, bundles.workspaceId), eq(bundlePrompts.bundleId, bundles.id)),
    )
    .where(
      and(
        eq(bundles.workspaceId, workspaceId),
        isOneOf(bundlePrompts.promptId, promptIds),
        eq(bundles.status, 'delivered'),
      ),
    )
    .orderBy(desc(bundles.id));
  return rows.map((row) => row.id);
}

export async function findBundleByMessage(
  tx: Tx,
  workspaceId: string,
  channelId: string,
  messageTs: string,
): Promise<Bundle | null> {
  const [row] = await tx
    .select()
    .from(bundles)
    .where(
      and(
        eq(bundles.workspaceId, workspaceId),
        eq(bundles.channelId, channelId),
        eq(bundles.messageTs, messageTs),
      ),
    );
  return row ?? null;
}

export async function findLatestDelivered(
  tx: Tx,
  workspaceId: string,
  repId: string,
): Promise<Bundle | null> {
  const [row] = await tx
    .select()
    .from(bundles)
    .where(
      and(eq(bundles.workspaceId, workspaceId), eq(bundles.repId, repId), eq(bundles.status, 'delivered')),
    )
    .orderBy(desc(bundles.claimedAt))
    .limit(1);
  return row ?? null;
}

/** What can be done for a bundle on its way: where Slack may have it, it is looked for before it is sent again. */
export type Step = 'send' | 'look';

/** The bundle to go on with: closes first, then the oldest. Those that a worker is at, or that wait, are left out. */
export async function lockNextBundle(
  tx: Tx,
  workspaceId: string,
  step: Step,
  now: Date,
): Promise<Bundle | null> {
  const [row] = await tx
    .select()
    .from(bundles)
    .where(dueFor(workspaceId, step, now))
    .orderBy(desc(bundles.urgent), asc(bundles.claimedAt), asc(bundles.id))
    .limit(1)
    .for('no key update', { skipLocked: true });
  return row ?? null;
}

export async function hasDueBundle(tx: Tx, workspaceId: string, step: Step, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: bundles.id })
    .from(bundles)
    .where(dueFor(workspaceId, step, now))
    .orderBy(desc(bundles.urgent), asc(bundles.claimedAt), asc(bundles.id))
    .limit(1);
  return rows.length > 0;
}

/** When the first of the bundles on their way is to be gone on with; null when there is none. */
export async function readNextDue(tx: Tx, workspaceId: string): Promise<Date | null> {
  const rows = await tx
    .select({ leasedUntil: bundles.leasedUntil, claimedAt: bundles.claimedAt })
    .from(bundles)
    .where(onItsWay(workspaceId))
    .orderBy(sql`${bundles.leasedUntil} asc nulls first`)
    .limit(1);
  const [first] = rows;
  return first === undefined ? null : (first.leasedUntil ?? first.claimedAt);
}

/** Whether a bundle should have been gone on with by now: the run that sends them may be gone, and its jobs too. */
export async function hasStrandedBundle(tx: Tx, workspaceId: string, before: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: bundles.id })
    .from(bundles)
    .where(and(onItsWay(workspaceId), lt(bundles.claimedAt, before), isFreeAt(before)))
    .limit(1);
  return rows.length > 0;
}

/** Lets those go on that wait for Slack to take them, of which it certainly has none. */
export async function releaseWaitingBundles(tx: Tx, workspaceId: string): Promise<void> {
  await tx
    .update(bundles)
    .set({ leasedUntil: null })
    .where(
      and(
        eq(bundles.workspaceId, workspaceId),
        eq(bundles.status, 'on_its_way'),
        isNull(bundles.attemptedAt),
        isNotNull(bundles.leasedUntil),
      ),
    );
}

function dueFor(workspaceId: string, step: Step, now: Date) {
  const mayBeInSlack = and(isNotNull(bundles.attemptedAt), isNull(bundles.foundAbsentAt));
  const certainlyNot = or(isNull(bundles.attemptedAt), isNotNull(bundles.foundAbsentAt));
  return and(onItsWay(workspaceId), isFreeAt(now), step === 'look' ? mayBeInSlack : certainlyNot);
}

function onItsWay(workspaceId: string) {
  return and(eq(bundles.workspaceId, workspaceId), eq(bundles.status, 'on_its_way'));
}

function isFreeAt(now: Date) {
  return or(isNull(bundles.leasedUntil), lte(bundles.leasedUntil, now));
}

function one(workspaceId: string, id: string) {
  return and(eq(bundles.workspaceId, workspaceId), eq(bundles.id, id));
}
