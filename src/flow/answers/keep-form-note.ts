import { v7 as uuid } from 'uuid';
import { readPrompts } from '../../db/asking/prompt.ts';
import { insertAnswer } from '../../db/cycle/answer.ts';
import { lockEngagement } from '../../db/cycle/engagement.ts';
import { lockAccounts } from '../../db/who/account.ts';
import { answererOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';

/**
 * Keeps what was typed into a form whose question has moved on meanwhile as a note (promise 5). False where there is
 * no such question, or it is somebody else's. The same `key` again is the same note.
 */
export async function keepFormNote(
  flow: Flow,
  typed: { workspaceId: string; slackUserId: string; promptId: string; text: string; key: string },
): Promise<boolean> {
  const { workspaceId, slackUserId, promptId, text, key } = typed;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const [prompt] = await readPrompts(tx, workspaceId, [promptId]);
    const rep = prompt === undefined ? null : await answererOf(scope, slackUserId, prompt);
    if (prompt === undefined || rep === null) return false;
    const engagement =
      prompt.engagementId === null ? null : await lockEngagement(tx, workspaceId, prompt.engagementId);
    if (engagement === null) await lockAccounts(tx, workspaceId, [prompt.accountId]);
    const { accountId } = engagement ?? prompt;
    const place = engagement === null ? { namedAccountId: accountId } : { engagementId: engagement.id };
    const said = { id: uuid(), key, promptId, repId: rep.id, at: now };
    await insertAnswer(tx, {
      workspaceId,
      accountId,
      ...place,
      ...said,
      fact: { answer: { kind: 'note', text } },
    });
    return true;
  });
}
