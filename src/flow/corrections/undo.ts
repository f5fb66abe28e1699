import { v7 as uuid } from 'uuid';
import { findAnswerByKey, insertAnswer } from '../../db/cycle/answer.ts';
import { applyRetractions, readAnswerById } from '../../db/cycle/correction.ts';
import { lockEngagements } from '../../db/cycle/engagement.ts';
import type { Rep } from '../../db/who/rep.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import type { Who } from '../people/ensure-rep.ts';
import { correctorOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import type { PromptView, ToldView } from '../show/views.ts';
import { findTold, type Told } from './find-told.ts';
import { planKeeping, planUndo, planWhole, type UndoPlan } from './plan-undo.ts';
import { readReopened } from './reopened.ts';
import { replan } from './replan.ts';
import { toldView } from './told-view.ts';

export type Undone =
  /** `undoId` is what puts it back; null where more went than it can. `next` is what is asked there now. */
  | { kind: 'undone'; told: ToldView; undoId: string | null; next: PromptView | null }
  /** Something hangs on it: nothing was taken back, until somebody says what is to become of that. */
  | { kind: 'hangs'; told: ToldView }
  /** It is taken back already, or there is none. */
  | { kind: 'nothing' }
  | { kind: 'not_theirs' };

export interface Undoing extends Who {
  factId: string;
  /** A stable id of the click: Slack's repeats are one. */
  key: string;
  /** What becomes of what hangs on it. Not said, something that hangs on it is listed and nothing is taken back. */
  hanging?: 'take_back' | 'keep' | undefined;
}

/**
 * Takes back what a person told, with all that follows: engagements, needs, figures and questions are what they would
 * be, had it never been said (promise 9). What hangs on it goes, or stays, as `hanging` says.
 */
export async function undo(flow: Flow, undoing: Undoing): Promise<Undone> {
  return await inScope(flow, undoing.workspaceId, async (scope) => {
    const { tx, workspaceId } = scope;
    const before = await findAnswerByKey(tx, workspaceId, undoing.key);
    if (before !== null) return { kind: 'nothing' };
    const seen = await findTold(tx, workspaceId, undoing.factId);
    if (seen === null) return { kind: 'nothing' };
    await lockEngagements(tx, workspaceId, seen.engagement === null ? [] : [seen.engagement.id]);
    // Somebody may have taken it back while this one waited.
    const told = await findTold(tx, workspaceId, undoing.factId);
    if (told === null) return { kind: 'nothing' };
    const rep = await correctorOf(scope, undoing.slackUserId, told);
    if (rep === null) return { kind: 'not_theirs' };
    return await takeBack(scope, undoing, told, rep);
  });
}

async function takeBack(scope: Scope, undoing: Undoing, told: Told, rep: Rep): Promise<Undone> {
  const timeZone = rep.timeZone ?? scope.playbook.timeZone;
  const least = await planUndo(scope, told);
  const view = await toldView(scope, told, least, timeZone);
  const isFree = least.hangs.answers.length === 0 && least.hangs.engagements.length === 0;
  if (!isFree && undoing.hanging === undefined) return { kind: 'hangs', told: view };
  const plan = isFree
    ? least
    : undoing.hanging === 'keep'
      ? planKeeping(least)
      : await planWhole(scope, least);
  const { undoId, promptIds, needIds } = await retract(scope, plan, told, rep, undoing.key);
  const urgent = await replan(scope, { ...plan, accountIds: accountsOf(told), needIds, promptIds });
  await claimBundles(scope, urgent);
  const next = await readReopened(scope, told);
  return { kind: 'undone', told: view, undoId: isFree ? undoId : null, next };
}

/** Stores that these facts are taken back. Returns the id of the first, as the others go along with it, and what they answered. */
async function retract(
  scope: Scope,
  { factIds }: UndoPlan,
  told: Told,
  rep: Rep,
  key: string,
): Promise<{ undoId: string; promptIds: string[]; needIds: string[] }> {
  const { tx, workspaceId, now } = scope;
  const ids = factIds.map(() => uuid());
  const [first = ''] = ids;
  const promptIds: string[] = [];
  const needIds: string[] = [];
  for (const [index, factId] of factIds.entries()) {
    const row = await readAnswerById(tx, workspaceId, factId);
    if (row?.promptId != null) promptIds.push(row.promptId);
    if (row?.needId != null) needIds.push(row.needId);
    const place = row ?? { accountId: told.engagement?.accountId ?? null, engagementId: told.engagement?.id };
    await insertAnswer(tx, {
      workspaceId,
      id: ids[index] ?? uuid(),
      key: index === 0 ? key : `${key}#${index}`,
      accountId: place.accountId,
      namedAccountId: row?.namedAccountId,
      engagementId: place.engagementId,
      repId: rep.id,
      at: now,
      retracts: factId,
      fact: index === 0 ? { retracted: factId } : { retracted: factId, with: first },
    });
  }
  await applyRetractions(tx, workspaceId, factIds, now);
  return { undoId: first, promptIds, needIds };
}

/** The account that something was told of, where it is of no engagement. */
export function accountsOf(told: Told): string[] {
  return told.kind === 'answer' && told.row.accountId !== null ? [told.row.accountId] : [];
}
