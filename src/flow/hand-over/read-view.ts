import { readAnswerById } from '../../db/cycle/correction.ts';
import { readEngagements } from '../../db/cycle/engagement.ts';
import type { HandOver } from '../../db/cycle/hand-over.ts';
import { readAccounts } from '../../db/who/account.ts';
import { readReps } from '../../db/who/rep.ts';
import type { Scope } from '../scope.ts';
import { toEngagementView } from '../show/prompt-view.ts';
import type { HandOverView } from './views.ts';

/** A hand-over as people see it now. */
export async function readHandOverView(
  { tx, workspaceId }: Pick<Scope, 'tx' | 'workspaceId'>,
  handOver: HandOver,
): Promise<HandOverView> {
  const { fromId, byId, toId, askedId, endedById, engagementId, answerId } = handOver;
  const ids = [fromId, byId, toId, askedId, ...(endedById === null ? [] : [endedById])];
  const reps = await readReps(tx, workspaceId, ids);
  const engagement = (await readEngagements(tx, workspaceId, [engagementId])).get(engagementId);
  if (engagement === undefined) throw new Error(`hand-over ${handOver.id} is of no deal`);
  const account = (await readAccounts(tx, workspaceId, [engagement.accountId])).get(engagement.accountId);
  const fact = answerId === null ? null : await readAnswerById(tx, workspaceId, answerId);
  const who = (id: string) => {
    const rep = reps.get(id);
    return { name: rep?.name ?? '', slackUserId: rep?.slackUserId ?? null };
  };
  return {
    handOverId: handOver.id,
    account: { id: engagement.accountId, name: account?.name ?? '' },
    engagement: toEngagementView(engagement),
    ...{ from: who(fromId), by: who(byId), to: who(toId), asked: who(askedId) },
    line: handOver.line,
    proposedAt: handOver.proposedAt,
    ending: handOver.ending,
    endedAt: handOver.endedAt,
    endedBy: endedById === null ? null : who(endedById),
    factId: fact !== null && fact.retractedAt === null ? fact.id : null,
  };
}
