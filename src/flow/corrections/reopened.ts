import { readOpenAbout, readPrompts, splitOpen } from '../../db/asking/prompt.ts';
import { readReturns } from '../../db/asking/return.ts';
import type { Scope } from '../scope.ts';
import { readPromptViews } from '../show/prompt-view.ts';
import type { PromptView } from '../show/views.ts';
import type { Told } from './find-told.ts';

/** What is asked now where something was put right: what was answered, else about the engagement, else to come back. */
export async function readReopened(scope: Scope, told: Told): Promise<PromptView | null> {
  const { tx, workspaceId } = scope;
  const answered = told.kind === 'answer' && told.row.promptId !== null ? [told.row.promptId] : [];
  const [reopened] = (await readPrompts(tx, workspaceId, answered)).filter(
    ({ closedAt }) => closedAt === null,
  );
  const engagementIds = [told.engagement?.id, told.engagement?.sameAsId].flatMap((id) => id ?? []);
  const open = await readOpenAbout(tx, workspaceId, engagementIds);
  const asked = splitOpen([...open.values()].flat()).main;
  const accountId = told.engagement?.accountId ?? (told.kind === 'answer' ? told.row.accountId : null);
  const returns = accountId === null ? [] : await readReturns(tx, workspaceId, [accountId]);
  const prompt = reopened ?? asked ?? returns.find(({ repId }) => repId === told.repId);
  const [view] = prompt === undefined ? [] : await readPromptViews(scope, [prompt.id]);
  return view ?? null;
}
