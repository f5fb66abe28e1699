import { lockAccounts } from '../../db/account.ts';
import { insertAnswer } from '../../db/answer.ts';
import { readLastEnded } from '../../db/engagement.ts';
import { insertNeeds } from '../../db/need.ts';
import { closePrompts } from '../../db/prompt.ts';
import { planReturnOn } from '../../domain/asking/prompting.ts';
import { type Answer, whyNot } from '../../domain/cycle/answer.ts';
import { putReturn, schedulePrompts } from '../asking/schedule-prompts.ts';
import { calendarFor, findOwners, type Scope } from '../scope.ts';
import { needRows, withIds } from './answer-engagement.ts';
import { type Outcome, type Said, whyClosed } from './answering.ts';
import { beginEngagement } from './begin-engagement.ts';

/** Takes an answer to the knock on a door: the next engagement begins, or the knock gets another date. */
export async function answerReturn(scope: Scope, said: Said): Promise<Outcome> {
  const { tx, workspaceId, now } = scope;
  const { prompt, answerId, key, rep } = said;
  await lockAccounts(tx, workspaceId, [prompt.accountId]);
  const refused = (await whyClosed(scope, prompt)) ?? whyNot(said.answer, { stage: 'return', ended: false });
  if (refused !== null) return { refused };
  const { answer, needs } = withIds(said.answer);
  const { accountId } = prompt;
  const place = { workspaceId, accountId, namedAccountId: accountId, engagementId: null };
  await insertAnswer(tx, {
    ...place,
    id: answerId,
    key,
    promptId: prompt.id,
    repId: rep.id,
    at: now,
    fact: { answer },
  });
  await insertNeeds(tx, needRows(scope, needs, { ...place, repId: rep.id }));
  await closePrompts(tx, workspaceId, [prompt.id], now, answerId);
  if (answer.kind === 'next' && answer.step?.kind === 'engage') {
    const { accountId, repId: ownerId } = prompt;
    const parentId = (await readLastEnded(tx, workspaceId, [accountId])).get(accountId)?.id ?? null;
    const from = { accountId, ownerId, parentId, needId: answer.step.needId, repId: rep.id, at: now };
    const begun = await beginEngagement(scope, from);
    return { urgent: await schedulePrompts(scope, [begun]), begunId: begun.id };
  }
  const owner = (await findOwners(scope, [prompt.repId])).get(prompt.repId);
  if (owner === undefined) throw new Error(`prompt ${prompt.id} is for somebody who is no rep`);
  const planned = planReturnOn(answerId, dateOf(answer), scope.playbook, calendarFor(scope, owner), now);
  await putReturn(scope, prompt, planned, owner);
  return { urgent: [] };
}

function dateOf(answer: Answer): string | null {
  if (answer.kind === 'later') return answer.on;
  return answer.kind === 'next' && answer.step?.kind === 'return' ? answer.step.on : null;
}
