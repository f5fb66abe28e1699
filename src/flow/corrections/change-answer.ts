import { v7 as uuid } from 'uuid';
import { findAnswerByKey, insertAnswer } from '../../db/cycle/answer.ts';
import { applyRetractions } from '../../db/cycle/correction.ts';
import { lockEngagements } from '../../db/cycle/engagement.ts';
import type { Rep } from '../../db/who/rep.ts';
import { comeBackIn } from '../../domain/asking/returns.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import { keepVerification } from '../answers/answer-engagement.ts';
import { completed } from '../answers/completed.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import type { Who } from '../people/ensure-rep.ts';
import { correctorOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import type { PromptView, ToldView } from '../show/views.ts';
import { findTold, type Told } from './find-told.ts';
import { readReopened } from './reopened.ts';
import { replan } from './replan.ts';
import { toldView } from './told-view.ts';
import { accountsOf } from './undo.ts';

export type Changed =
  | { kind: 'changed'; told: ToldView; next: PromptView | null }
  /** It is taken back meanwhile, or was no answer of that kind. */
  | { kind: 'nothing' }
  | { kind: 'not_theirs' };

type ToldAnswer = Extract<Told, { kind: 'answer' }>;

const NOTHING_HANGS = { hangs: { answers: [], engagements: [] } };

/**
 * Puts another answer of the same kind in the place of one that was given: other words, another day, a yes that was a not
 * yet. What was heard in it, and what began with it, stays. Undone, the first one stands again.
 */
export async function changeAnswer(
  flow: Flow,
  changing: Who & { factId: string; answer: Answer; key: string },
): Promise<Changed> {
  const { workspaceId, slackUserId, factId, answer, key } = changing;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx } = scope;
    const seen = await findTold(tx, workspaceId, factId);
    if (seen?.kind !== 'answer' || (await findAnswerByKey(tx, workspaceId, key)) !== null)
      return { kind: 'nothing' };
    await lockEngagements(tx, workspaceId, seen.engagement === null ? [] : [seen.engagement.id]);
    const told = await findTold(tx, workspaceId, factId);
    if (told?.kind !== 'answer' || told.answer.kind !== answer.kind) return { kind: 'nothing' };
    const rep = await correctorOf(scope, slackUserId, told);
    if (rep === null) return { kind: 'not_theirs' };
    const id = await replace(scope, told, withHeard(told.answer, answer), rep, key);
    const { promptId, needId } = told.row;
    const urgent = await replan(scope, {
      engagementIds: told.engagement === null ? [] : [told.engagement.id],
      accountIds: accountsOf(told),
      needIds: needId === null ? [] : [needId],
      promptIds: promptId === null ? [] : [promptId],
    });
    await claimBundles(scope, urgent);
    const now = await findTold(tx, workspaceId, id);
    if (now === null) return { kind: 'nothing' };
    const view = await toldView(scope, now, NOTHING_HANGS, rep.timeZone ?? scope.playbook.timeZone);
    return { kind: 'changed', told: view, next: await readReopened(scope, now) };
  });
}

/** What was heard in the first answer, and where it led, is none of the change's. */
function withHeard(before: Answer, after: Answer): Answer {
  if (before.kind === 'verified' && after.kind === 'verified')
    return { ...after, needs: before.needs, next: after.next ?? before.next };
  if (before.kind === 'next' && after.kind === 'next') return { ...after, needs: before.needs };
  return after;
}

/** Stores the answer in the other's place, in time as well. Returns its id. */
async function replace(
  scope: Scope,
  { row, engagement }: ToldAnswer,
  said: Answer,
  rep: Rep,
  key: string,
): Promise<string> {
  const { tx, workspaceId, now } = scope;
  const question = engagement?.stage ?? 'return';
  const { accountId, namedAccountId, engagementId, promptId, needId, at } = row;
  const asked = { question: said.kind === 'verified' ? 'verify' : question, needId } as const;
  const answer = completed(scope, said, asked, rep);
  const comeBack = comeBackIn(answer, engagement === null ? 'return' : question);
  const id = uuid();
  const root = row.retracts ?? row.id;
  await insertAnswer(tx, {
    ...{ workspaceId, id, key, accountId, namedAccountId, engagementId, promptId, needId, repId: rep.id, at },
    returnFor: comeBack === undefined ? null : (row.returnFor ?? engagement?.namedOwnerId),
    returnOn: comeBack?.on,
    retracts: root,
    fact: { answer, changedAt: now.toISOString() },
  });
  if (answer.kind === 'verified' && engagement !== null)
    await keepVerification(scope, { rep, answerId: id }, engagement, answer.verification);
  await applyRetractions(tx, workspaceId, [root], now);
  return id;
}
