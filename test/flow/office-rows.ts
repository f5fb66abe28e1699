import { eq } from 'drizzle-orm';
import { answers, needs, verifications } from '../../src/db/schema/answers.ts';
import { bundlePrompts, bundles, prompts } from '../../src/db/schema/asking.ts';
import { accounts, engagements, stageChanges } from '../../src/db/schema/cycle.ts';
import { handOvers } from '../../src/db/schema/hand-overs.ts';
import { joins } from '../../src/db/schema/joins.ts';
import { reps } from '../../src/db/schema/people.ts';
import type { Office } from '../support/office.ts';

/** Everything that a workspace holds, for looking at it from outside. */
export async function readOffice({ flow, workspaceId }: Office) {
  return await flow.store.read(async (tx) => ({
    accounts: await tx.select().from(accounts).where(eq(accounts.workspaceId, workspaceId)),
    engagements: await tx.select().from(engagements).where(eq(engagements.workspaceId, workspaceId)),
    needs: await tx.select().from(needs).where(eq(needs.workspaceId, workspaceId)),
    answers: await tx.select().from(answers).where(eq(answers.workspaceId, workspaceId)),
    verifications: await tx.select().from(verifications).where(eq(verifications.workspaceId, workspaceId)),
    handOvers: await tx.select().from(handOvers).where(eq(handOvers.workspaceId, workspaceId)),
    joins: await tx
      .select()
      .from(joins)
      .where(eq(joins.workspaceId, workspaceId))
      .orderBy(joins.at, joins.id),
    changes: await tx.select().from(stageChanges).where(eq(stageChanges.workspaceId, workspaceId)),
    prompts: await tx.select().from(prompts).where(eq(prompts.workspaceId, workspaceId)),
    bundles: await tx.select().from(bundles).where(eq(bundles.workspaceId, workspaceId)),
    bundlePrompts: await tx.select().from(bundlePrompts).where(eq(bundlePrompts.workspaceId, workspaceId)),
    reps: await tx.select().from(reps).where(eq(reps.workspaceId, workspaceId)),
  }));
}

export type OfficeRows = Awaited<ReturnType<typeof readOffice>>;
