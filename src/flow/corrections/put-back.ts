import { v7 as uuid } from 'uuid';
import { closePrompts } from '../../db/asking/prompt.ts';
import { insertAnswer, type StoredAnswer } from '../../db/cycle/answer.ts';
import { applyRetractions, readAlong, readAnswerById } from '../../db/cycle/correction.ts';
import { lockEngagements } from '../../db/cycle/engagement.ts';
import type { Rep } from '../../db/who/rep.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import type { Who } from '../people/ensure-rep.ts';
import { correctorOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import type { PromptView, ToldView } from '../show/views.ts';
import { findTold } from './find-told.ts';
import { readReopened } from './reopened.ts';
import { replan } from './replan.ts';
import { toldView } from './told-view.ts';
import { accountsOf } from './undo.ts';

export type PutBack =
  | { kind: 'back'; told: ToldView; next: PromptView | null }
  /** It stands again already, or there is none. */
  | { kind: 'nothing' }
  | { kind: 'not_theirs' };

const NOTHING_HANGS = { hangs: { answers: [], engagements: [] } };

/** Takes a taking back back: what was told is in force again, with what went along. `undoId` is what undo() returned. */
export async function putBack(
  flow: Flow,
  { workspaceId, slackUserId, undoId, key }: Who & { undoId: string; key: string },
): Promise<PutBack> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx } = scope;
    const seen = await readAnswerById(tx, workspaceId, undoId);
    if (seen === null) return { kind: 'nothing' };
    const held = await lockEngagements(
      tx,
      workspaceId,
      seen.engagementId === null ? [] : [seen.engagementId],
    );
    const first = await readAnswerById(tx, workspaceId, undoId);
    if (first === null || first.retractedAt !== null || !('retracted' in first.fact))
      return { kind: 'nothing' };
    const engagement = held.find(({ id }) => id === first.engagementId) ?? null;
    const rep = await correctorOf(scope, slackUserId, { repId: first.repId, engagement });
    if (rep === null) return { kind: 'not_theirs' };
    const all = [first, ...(await readAlong(tx, first))];
    await retract(scope, all, rep, key);
    const told = await findTold(tx, workspaceId, first.fact.retracted);
    if (told === null) return { kind: 'nothing' };
    // What it answered is answered again.
    if (told.kind === 'answer' && told.row.promptId !== null)
      await closePrompts(tx, workspaceId, [told.row.promptId], scope.now, told.factId);
    const engagementIds = all.flatMap(({ engagementId }) => engagementId ?? []);
    const needIds = told.kind === 'answer' && told.row.needId !== null ? [told.row.needId] : [];
    const promptIds = told.kind === 'answer' && told.row.promptId !== null ? [told.row.promptId] : [];
    const touched = { engagementIds, accountIds: accountsOf(told), needIds, promptIds };
    await claimBundles(scope, await replan(scope, touched));
    const view = await toldView(scope, told, NOTHING_HANGS, rep.timeZone ?? scope.playbook.timeZone);
    return { kind: 'back', told: view, next: await readReopened(scope, told) };
  });
}

async function retract(
  { tx, workspaceId, now }: Scope,
  rows: readonly StoredAnswer[],
  rep: Rep,
  key: string,
): Promise<void> {
  for (const [index, { id, accountId, namedAccountId, engagementId }] of rows.entries()) {
    await insertAnswer(tx, {
      workspaceId,
      id: uuid(),
      key: index === 0 ? key : `${key}#${index}`,
      accountId,
      namedAccountId,
      engagementId,
      repId: rep.id,
      at: now,
      retracts: id,
      fact: { retracted: id },
    });
  }
  const ids = rows.map(({ id }) => id);
  await applyRetractions(tx, workspaceId, ids, now);
}
