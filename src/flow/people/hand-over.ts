import { lockAccounts } from '../../db/account.ts';
import { lockOpenOfRep, updateEngagements } from '../../db/engagement.ts';
import { lockOpenPromptsOfRep, savePrompt } from '../../db/prompt.ts';
import { nextPromptTime } from '../../domain/asking/workday.ts';
import { schedulePrompts, unique } from '../asking/schedule-prompts.ts';
import { calendarFor, findOwners, type Scope } from '../scope.ts';

/**
 * Lets every open engagement and return of a rep be asked of whoever is to be asked now: the rep while active, else
 * their manager or another who stands in (promise 1). Also hands back what others stood in for.
 */
export async function handOver(scope: Scope, repId: string): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const engagements = await lockOpenOfRep(tx, workspaceId, repId);
  const owners = await findOwners(
    scope,
    unique([repId, ...engagements.map((engagement) => engagement.namedOwnerId)]),
  );
  await lockAccounts(
    tx,
    workspaceId,
    engagements.map((engagement) => engagement.accountId),
  );
  const moved = engagements.flatMap((engagement) => {
    const ownerId = owners.get(engagement.namedOwnerId)?.id ?? engagement.ownerId;
    return ownerId === engagement.ownerId ? [] : [{ ...engagement, ownerId }];
  });
  await updateEngagements(tx, moved);
  await schedulePrompts(scope, moved);
  const heir = owners.get(repId);
  if (heir === undefined || heir.id === repId) return;
  for (const prompt of await lockOpenPromptsOfRep(tx, workspaceId, repId)) {
    const dueAt = nextPromptTime(calendarFor(scope, heir), prompt.dueAt > now ? prompt.dueAt : now);
    await savePrompt(tx, workspaceId, prompt.id, { repId: heir.id, dueAt, bundleId: null });
  }
}
