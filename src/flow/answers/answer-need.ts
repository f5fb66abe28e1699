import { closePrompts } from '../../db/asking/prompt.ts';
import { insertAnswer } from '../../db/cycle/answer.ts';
import type { Engagement } from '../../db/cycle/engagement.ts';
import {
  lockNeed,
  lockOpenNeed,
  type Need,
  readNeedFacts,
  readUnseen,
  saveNeed,
} from '../../db/cycle/need.ts';
import { lockAccounts } from '../../db/who/account.ts';
import { type Answer, isNeedAnswer, type NeedAnswer, whyNot } from '../../domain/cycle/answer.ts';
import { needOf } from '../../domain/cycle/need.ts';
import { scheduleNeeds } from '../asking/schedule-needs.ts';
import { schedulePrompts } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import type { Scope } from '../scope.ts';
import { type Outcome, type Refusal, type Said, whyClosed } from './answering.ts';
import { beginEngagement } from './begin-engagement.ts';

/** Takes an answer to the day of a need: another day, other words, dropped, the same as another, or begun from. */
export async function answerNeed(scope: Scope, said: Said): Promise<Outcome> {
  const { tx, workspaceId, now } = scope;
  const { prompt, answerId, key, rep } = said;
  const needId = prompt.needId ?? '';
  await lockAccounts(tx, workspaceId, [prompt.accountId]);
  const need = await lockOpenNeed(tx, workspaceId, prompt.accountId, needId);
  const refused =
    (await whyClosed(scope, prompt)) ?? whyNot(said.answer, { question: 'need', engagement: null });
  if (refused !== null) return { refused };
  if (need === null) return { refused: 'need_taken_up' };
  const answer = ofNeed(said.answer, needId);
  const fault = answer === null ? 'not_about_that' : await whyNotOfNeed(scope, answer, need);
  if (answer === null || fault !== null) return { refused: fault ?? 'not_about_that' };
  const { accountId, namedAccountId, engagementId } = need;
  const place = { workspaceId, accountId, namedAccountId, engagementId };
  await insertAnswer(tx, {
    ...place,
    id: answerId,
    key,
    promptId: prompt.id,
    needId,
    repId: rep.id,
    at: now,
    fact: { answer },
  });
  await closePrompts(tx, workspaceId, [prompt.id], now, answerId);
  const begun = answer.kind === 'need_taken_up' ? [await begin(scope, said, need)] : [];
  if (begun.length === 0) await addUpNeed(scope, need);
  const urgent = await schedulePrompts(scope, begun);
  await scheduleNeeds(scope, [accountId]);
  await scheduleReturns(scope, [accountId]);
  return { urgent, begunId: begun[0]?.id };
}

/** Put off, a need has another day. */
function ofNeed(answer: Answer, needId: string): NeedAnswer | null {
  if (answer.kind === 'later') return { kind: 'need_changed', needId, neededOn: answer.on };
  return isNeedAnswer(answer) && answer.needId === needId ? answer : null;
}

async function whyNotOfNeed(scope: Scope, answer: NeedAnswer, need: Need): Promise<Refusal | null> {
  const { tx, workspaceId } = scope;
  if (answer.kind === 'need_same') {
    const other = answer.asId === need.id ? null : await lockNeed(tx, workspaceId, answer.asId);
    return other === null || other.accountId !== need.accountId ? 'gone' : null;
  }
  if (answer.kind !== 'need_taken_up' || answer.anyway === true) return null;
  return (await readUnseen(tx, workspaceId, [need.accountId])).size > 0 ? 'waits_for_repair' : null;
}

async function begin(scope: Scope, { prompt, rep }: Said, need: Need): Promise<Engagement> {
  const { accountId, engagementId: parentId, id: needId } = need;
  const from = { accountId, ownerId: prompt.repId, parentId, needId, repId: rep.id, at: scope.now };
  return await beginEngagement(scope, from);
}

/** Brings a need's row, which the caller holds, to what its facts add up to. */
export async function addUpNeed({ tx, workspaceId }: Scope, need: Need): Promise<void> {
  const facts = await readNeedFacts(tx, workspaceId, need.id);
  const { words, estimate, neededOn, dated, outcome, dropReason, sameAsId } = needOf(need.heard, facts);
  const first = need.answerId ?? need.id;
  const isDated = neededOn !== undefined;
  await saveNeed(tx, workspaceId, need.id, {
    words,
    estimate: estimate?.value ?? null,
    currency: estimate?.currency ?? null,
    neededOn: neededOn ?? null,
    datedBy: isDated ? (dated?.by ?? first) : null,
    datedAt: isDated ? (dated?.at ?? need.heardAt) : null,
    outcome: need.takenUpById === null ? outcome : 'taken_up',
    dropReason,
    sameAsId: need.takenUpById === null ? sameAsId : null,
  });
}
