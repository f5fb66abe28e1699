import { v7 as uuid } from 'uuid';
import type { Prompt } from '../../db/asking/prompt.ts';
import type { Rep } from '../../db/who/rep.ts';
import type { PlannedPrompt } from '../../domain/asking/prompting.ts';
import type { Owner, Scope } from '../scope.ts';

/** Finds room for a prompt of imported history in a rep's days. */
export type Spread = (rep: Rep, planned: PlannedPrompt) => Promise<Date>;

export type PlacedPrompt = PlannedPrompt & Pick<Prompt, 'spread'>;

/** Spreads a prompt over days where that is wanted; a day that somebody named is kept. */
export async function place(
  planned: PlannedPrompt,
  owner: Owner,
  spread: Spread | undefined,
): Promise<PlacedPrompt> {
  if (spread === undefined || planned.on !== null) return { ...planned, spread: false };
  return { ...planned, dueAt: await spread(owner, planned), urgent: false, spread: true };
}

/** The row of a prompt that nobody was asked yet. `owner` is who is asked, `namedRepId` for whom a return is. */
export function newPrompt(
  { workspaceId, now }: Pick<Scope, 'workspaceId' | 'now'>,
  placed: PlacedPrompt,
  owner: Owner,
  about: Pick<Prompt, 'accountId' | 'engagementId' | 'namedRepId'>,
): Prompt {
  const never = { asked: 0, lastAskedAt: null, quietSince: null, waitingSince: null };
  const open = { bundleId: null, closedAt: null, answerId: null };
  const unaskableSince = owner.isUnaskable ? now : null;
  const row = { workspaceId, id: uuid(), ...about, repId: owner.id, ...placed, ...never, ...open };
  return { ...row, unaskableSince, createdAt: now };
}
