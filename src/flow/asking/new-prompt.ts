import { v7 as uuid } from 'uuid';
import type { Prompt } from '../../db/asking/prompt.ts';
import type { PlannedPrompt } from '../../domain/asking/prompting.ts';
import type { Owner, Scope } from '../scope.ts';

/** The row of a prompt that nobody was asked yet. `owner` is who is asked, `namedRepId` for whom a return is. */
export function newPrompt(
  { workspaceId, now }: Pick<Scope, 'workspaceId' | 'now'>,
  planned: PlannedPrompt,
  owner: Owner,
  about: Pick<Prompt, 'accountId' | 'engagementId' | 'namedRepId'>,
): Prompt {
  const never = { asked: 0, lastAskedAt: null, bundleId: null, closedAt: null, answerId: null };
  const unaskableSince = owner.isUnaskable ? now : null;
  const row = { workspaceId, id: uuid(), ...about, repId: owner.id, ...planned, ...never };
  return { ...row, unaskableSince, createdAt: now };
}
