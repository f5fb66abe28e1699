import { v7 as uuid } from 'uuid';
import { insertAnswer } from '../../db/cycle/answer.ts';
import { readEngagements } from '../../db/cycle/engagement.ts';
import { lockNeed, type Need, readNeed } from '../../db/cycle/need.ts';
import { lockAccounts } from '../../db/who/account.ts';
import type { NeedAnswer } from '../../domain/cycle/answer.ts';
import { addUpNeed } from '../answers/answer-need.ts';
import { redrawOffers } from '../asking/redraw-bundle.ts';
import { scheduleNeeds } from '../asking/schedule-needs.ts';
import type { Who } from '../people/ensure-rep.ts';
import { correctorOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import { toNeedView } from '../show/prompt-view.ts';
import type { NeedView } from '../show/views.ts';

export type NeedChange = Extract<NeedAnswer, { kind: 'need_changed' | 'need_dropped' | 'need_same' }>;

export type ChangedNeed =
  /** `factId`: what takes the change back. */
  | { kind: 'changed'; need: NeedView; account: string; factId: string }
  /** It is taken up or taken back meanwhile, or the other is no need of that client's. */
  | { kind: 'nothing' }
  | { kind: 'not_theirs' };

/** Changes a need, drops it with a reason, or calls it the same as another of the client's. Undone, it is as before. */
export async function changeNeed(
  flow: Flow,
  changing: Who & { change: NeedChange; key: string },
): Promise<ChangedNeed> {
  const { workspaceId, slackUserId, change, key } = changing;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const seen = await readNeed(tx, workspaceId, change.needId);
    if (seen === null) return { kind: 'nothing' };
    const [account] = await lockAccounts(tx, workspaceId, [seen.accountId]);
    const need = await lockNeed(tx, workspaceId, change.needId);
    if (account === undefined || need === null || !(await canChange(scope, need, change)))
      return { kind: 'nothing' };
    const [engagement = null] = (
      await readEngagements(tx, workspaceId, need.engagementId === null ? [] : [need.engagementId])
    ).values();
    const rep = await correctorOf(scope, slackUserId, { repId: need.repId, engagement });
    if (rep === null) return { kind: 'not_theirs' };
    const { accountId, namedAccountId, engagementId, id: needId } = need;
    const place = { workspaceId, accountId, namedAccountId, engagementId, needId };
    const factId = uuid();
    const fact = { answer: change };
    const isNew = await insertAnswer(tx, { ...place, id: factId, key, repId: rep.id, at: now, fact });
    if (!isNew) return { kind: 'nothing' };
    await addUpNeed(scope, need);
    await scheduleNeeds(scope, [accountId]);
    await redrawOffers(scope, accountId);
    const after = await readNeed(tx, workspaceId, needId);
    return { kind: 'changed', need: toNeedView(after ?? need), account: account.name, factId };
  });
}

async function canChange({ tx, workspaceId }: Scope, need: Need, change: NeedChange): Promise<boolean> {
  if (need.retractedAt !== null || need.outcome === 'taken_up') return false;
  if (change.kind !== 'need_same') return true;
  const other = change.asId === need.id ? null : await readNeed(tx, workspaceId, change.asId);
  return other !== null && other.retractedAt === null && other.accountId === need.accountId;
}
