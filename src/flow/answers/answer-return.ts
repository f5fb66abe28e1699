import { closePrompts } from '../../db/asking/prompt.ts';
import { readParts } from '../../db/asking/return.ts';
import { insertAnswer } from '../../db/cycle/answer.ts';
import type { Engagement } from '../../db/cycle/engagement.ts';
import { insertNeeds, readUnseen } from '../../db/cycle/need.ts';
import { lockAccounts } from '../../db/who/account.ts';
import { comeBackIn } from '../../domain/asking/returns.ts';
import { nextStepOf, whyNot } from '../../domain/cycle/answer.ts';
import { scheduleNeeds } from '../asking/schedule-needs.ts';
import { schedulePrompts } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import type { Scope } from '../scope.ts';
import { type Outcome, type Refusal, type Said, whyClosed } from './answering.ts';
import { beginEngagement } from './begin-engagement.ts';
import { needRows, withIds } from './heard-needs.ts';

/** Takes an answer to the knock on a door: the next engagement begins, or the knock gets another date. */
export async function answerReturn(scope: Scope, said: Said): Promise<Outcome> {
  const { tx, workspaceId, now } = scope;
  const { prompt, answerId, key, rep } = said;
  await lockAccounts(tx, workspaceId, [prompt.accountId]);
  const refused =
    (await whyClosed(scope, prompt)) ??
    whyNot(said.answer, { question: 'return', engagement: null }) ??
    (await whyNoPush(scope, said));
  if (refused !== null) return { refused };
  const { answer, needs } = withIds(said.answer);
  const { accountId } = prompt;
  const place = { workspaceId, accountId, namedAccountId: accountId, engagementId: null };
  const comeBack = comeBackIn(answer, 'return');
  await insertAnswer(tx, {
    ...place,
    id: answerId,
    key,
    promptId: prompt.id,
    repId: rep.id,
    at: now,
    returnFor: comeBack === undefined ? null : prompt.namedRepId,
    returnOn: comeBack?.on,
    fact: { answer },
  });
  await insertNeeds(tx, needRows(needs, now, { ...place, repId: rep.id, answerId }));
  await closePrompts(tx, workspaceId, [prompt.id], now, answerId);
  const begun =
    answer.kind === 'next' && answer.step?.kind === 'engage'
      ? [await beginAgain(scope, said, answer.step.needId)]
      : [];
  const urgent = await schedulePrompts(scope, begun);
  await scheduleNeeds(scope, [prompt.accountId]);
  await scheduleReturns(scope, [prompt.accountId]);
  return { urgent, begunId: begun[0]?.id };
}

async function whyNoPush({ tx, workspaceId }: Scope, { prompt, answer }: Said): Promise<Refusal | null> {
  const step = nextStepOf(answer);
  if (step === undefined || step.kind === 'return') return null;
  return (await readUnseen(tx, workspaceId, [prompt.accountId])).size > 0 ? 'waits_for_repair' : null;
}

/** The next engagement grows from the last that the rep has ended there. */
async function beginAgain(scope: Scope, { prompt, rep }: Said, needId: string): Promise<Engagement> {
  const { tx, workspaceId, now } = scope;
  const { accountId, repId: ownerId, namedRepId } = prompt;
  const parts = await readParts(tx, workspaceId, [accountId]);
  const parentId = parts.find((part) => part.repId === namedRepId)?.lastEnding?.engagementId ?? null;
  return await beginEngagement(scope, { accountId, ownerId, parentId, needId, repId: rep.id, at: now });
}
