import { v7 as uuid } from 'uuid';
import { insertAnswer } from '../../db/cycle/answer.ts';
import { dealKey } from '../../db/cycle/deal-event.ts';
import {
  type Engagement,
  lockEngagement,
  recordHistories,
  standingColumns,
  updateEngagements,
} from '../../db/cycle/engagement.ts';
import { insertNeeds, readUnseen } from '../../db/cycle/need.ts';
import { insertVerification } from '../../db/cycle/verification.ts';
import { lockAccounts } from '../../db/who/account.ts';
import { comeBackIn } from '../../domain/asking/returns.ts';
import { type Answer, isSeen, nextStepOf, whyNot } from '../../domain/cycle/answer.ts';
import { standingOf } from '../../domain/cycle/engagement.ts';
import type { Verification } from '../../domain/cycle/verification.ts';
import { redrawOffers } from '../asking/redraw-bundle.ts';
import { scheduleNeeds } from '../asking/schedule-needs.ts';
import { schedulePrompts } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import { asJoined, joinOrders, ownersAfter } from '../intake/join-orders.ts';
import { readFacts } from '../intake/read-facts.ts';
import type { Scope } from '../scope.ts';
import { type Outcome, type Refusal, type Said, whyClosed } from './answering.ts';
import { beginEngagement } from './begin-engagement.ts';
import { needRows, withIds } from './heard-needs.ts';

/** Takes an answer about an engagement: the fact, what was heard, the next engagement, and what is asked next. */
export async function answerEngagement(scope: Scope, said: Said): Promise<Outcome> {
  const { tx, workspaceId, now } = scope;
  const { prompt, answerId, key, rep } = said;
  const engagement = await lockEngagement(tx, workspaceId, prompt.engagementId ?? '');
  if (engagement === null) return { refused: 'gone' };
  const refused =
    (await whyClosed(scope, prompt)) ??
    whyNot(said.answer, { question: prompt.question, engagement }) ??
    (await whyNoPush(scope, said.answer, engagement));
  if (refused !== null) return { refused };
  const { answer, needs } = withIds(said.answer);
  const at = afterAllFacts(engagement, now);
  const comeBack = comeBackIn(answer, engagement.stage);
  const place = { workspaceId, accountId: engagement.accountId, engagementId: engagement.id };
  await insertAnswer(tx, {
    ...place,
    id: answerId,
    key,
    promptId: prompt.id,
    repId: rep.id,
    at,
    returnFor: comeBack === undefined ? null : engagement.namedOwnerId,
    returnOn: comeBack?.on,
    fact: { answer },
  });
  await insertNeeds(tx, needRows(needs, at, { ...place, repId: rep.id, answerId }));
  if (answer.kind === 'verified') await keepVerification(scope, said, engagement, answer.verification);
  await lockAccounts(tx, workspaceId, [engagement.accountId]);
  const row = await addUp(scope, engagement);
  const step = nextStepOf(answer);
  const begun = step?.kind === 'engage' ? [await beginNext(scope, engagement, step.needId, rep.id, at)] : [];
  const joined = answer.kind === 'won' ? await joinOrders(scope, [engagement.accountId]) : [];
  const rows = new Map([row, ...begun, ...joined].map((one) => [one.id, one]));
  const urgent = await schedulePrompts(scope, [...rows.values()], { answerId });
  await scheduleNeeds(scope, [engagement.accountId]);
  await scheduleReturns(scope, [engagement.accountId]);
  if (row.unseen !== engagement.unseen) await redrawOffers(scope, engagement.accountId);
  return { urgent, begunId: begun[0]?.id };
}

/** Where the client waits for a repair nothing is begun. What is being put right in the same answer does not count. */
async function whyNoPush(
  { tx, workspaceId }: Scope,
  answer: Answer,
  { id, accountId }: Engagement,
): Promise<Refusal | null> {
  const step = nextStepOf(answer);
  if (step === undefined || step.kind === 'return') return null;
  const besides = answer.kind === 'verified' && isSeen(answer) ? id : undefined;
  const unseen = await readUnseen(tx, workspaceId, [accountId], besides);
  return unseen.size > 0 ? 'waits_for_repair' : null;
}

/** An answer is about what the rep saw, so it comes after every fact known by then, whatever the sources' clocks say. */
export function afterAllFacts(engagement: Engagement, now: Date): Date {
  const last = engagement.askingSince.getTime();
  return last < now.getTime() ? now : new Date(last + 1);
}

export async function keepVerification(
  { tx, workspaceId, now }: Scope,
  { rep, answerId }: Pick<Said, 'rep' | 'answerId'>,
  engagement: Engagement,
  { who, seesValue, words, measure, promised, heldOn }: Verification,
): Promise<void> {
  await insertVerification(tx, {
    ...{
      workspaceId,
      id: uuid(),
      engagementId: engagement.id,
      accountId: engagement.accountId,
      repId: rep.id,
      answerId,
    },
    ...{ who, seesValue, words, measureValue: measure?.value, measureUnit: measure?.unit, promised, heldOn },
    recordedAt: now,
  });
}

async function beginNext(
  scope: Scope,
  parent: Engagement,
  needId: string,
  repId: string,
  at: Date,
): Promise<Engagement> {
  const { accountId, ownerId, id: parentId } = parent;
  return await beginEngagement(scope, { accountId, ownerId, parentId, needId, repId, at });
}

/** The engagement's row after all its facts. */
export async function addUp(scope: Scope, engagement: Engagement): Promise<Engagement> {
  const { tx, workspaceId, now } = scope;
  const standing = standingOf((await readFacts(scope, [engagement])).get(dealKey(engagement)) ?? []);
  const columns = standingColumns(standing);
  const own = { ...engagement, ...columns, ...(await ownersAfter(scope, engagement, standing)) };
  const row = own.sameAsId === null ? own : { ...own, ...asJoined(own) };
  await updateEngagements(tx, [row]);
  const history = { workspaceId, engagementId: row.id, changes: standing.changes, isNew: false };
  await recordHistories(tx, [history], now);
  return row;
}
