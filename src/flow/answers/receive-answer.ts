import { v7 as uuid } from 'uuid';
import {
  type Prompt,
  readOpenAbout,
  readOpenOfNeeds,
  readPrompts,
  splitOpen,
} from '../../db/asking/prompt.ts';
import { readReturns } from '../../db/asking/return.ts';
import { findAnswerByKey } from '../../db/cycle/answer.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { redrawBundlesOf } from '../asking/redraw-bundle.ts';
import { answererOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import { readPromptViews } from '../show/prompt-view.ts';
import type { PromptView } from '../show/views.ts';
import { answerEngagement } from './answer-engagement.ts';
import { answerNeed } from './answer-need.ts';
import { answerReturn } from './answer-return.ts';
import type { Outcome, Refusal, Said } from './answering.ts';
import { NeedNotOpenError } from './begin-engagement.ts';
import { completed } from './completed.ts';

export interface Answering {
  workspaceId: string;
  slackUserId: string;
  promptId: string;
  /** A stable id of the click or submission: Slack's repeats are one answer. */
  key: string;
  answer: Answer;
}

export type Answered =
  | { kind: 'taken'; prompt: PromptView; next: PromptView | null }
  /** Nothing was stored. */
  | { kind: 'refused'; why: Refusal };

/**
 * Takes a rep's answer to a prompt: stored, with all that follows from it, when this returns (promise 5). Throws when
 * the database is away; then nothing is stored and the rep still has the text.
 */
export async function receiveAnswer(flow: Flow, answering: Answering): Promise<Answered> {
  try {
    return await inScope(flow, answering.workspaceId, (scope) => take(scope, answering));
  } catch (error) {
    if (!(error instanceof NeedNotOpenError)) throw error;
    return { kind: 'refused', why: 'need_taken_up' };
  }
}

async function take(scope: Scope, answering: Answering): Promise<Answered> {
  const { tx, workspaceId } = scope;
  const { slackUserId, promptId, key, answer } = answering;
  const [prompt] = await readPrompts(tx, workspaceId, [promptId]);
  if (prompt === undefined) return { kind: 'refused', why: 'gone' };
  const rep = await answererOf(scope, slackUserId, prompt);
  if (rep === null) return { kind: 'refused', why: 'not_theirs' };
  if ((await findAnswerByKey(tx, workspaceId, key)) !== null) return await report(scope, prompt);
  const said: Said = { prompt, rep, answerId: uuid(), key, answer: completed(scope, answer, prompt, rep) };
  const outcome = await answerTo(prompt, scope, said);
  if ('refused' in outcome) {
    // The same click may have been taken while this one waited for the lock.
    const isRepeat = (await findAnswerByKey(tx, workspaceId, key)) !== null;
    return isRepeat ? await report(scope, prompt) : { kind: 'refused', why: outcome.refused };
  }
  await redrawBundlesOf(scope, [promptId]);
  await claimBundles(scope, outcome.urgent);
  return await report(scope, prompt, outcome.begunId);
}

async function answerTo({ question, engagementId }: Prompt, scope: Scope, said: Said): Promise<Outcome> {
  if (question === 'need') return await answerNeed(scope, said);
  return engagementId === null ? await answerReturn(scope, said) : await answerEngagement(scope, said);
}

async function report(scope: Scope, prompt: Prompt, begunId?: string): Promise<Answered> {
  const next = await readNext(scope, prompt, begunId);
  const ids = [prompt.id, ...(next === undefined || next.id === prompt.id ? [] : [next.id])];
  const [answered, after] = await readPromptViews(scope, ids);
  if (answered === undefined) throw new Error(`prompt ${prompt.id} is gone`);
  return { kind: 'taken', prompt: answered, next: after ?? null };
}

/**
 * What the rep is asked next: about the engagement that grew from it, what was just put off, what was promised, or else
 * about the engagement, or to come back there.
 */
async function readNext(
  { tx, workspaceId }: Scope,
  prompt: Prompt,
  begunId?: string,
): Promise<Prompt | undefined> {
  const ids = [begunId, prompt.engagementId].filter((id) => typeof id === 'string');
  const open = await readOpenAbout(tx, workspaceId, ids);
  const begun = splitOpen(open.get(begunId ?? ''));
  const answered = splitOpen(open.get(prompt.engagementId ?? ''));
  const ofNeed = prompt.needId === null ? [] : await readOpenOfNeeds(tx, workspaceId, [prompt.accountId]);
  const besides = [...ofNeed, ...answered.beside];
  const same = besides.find(
    ({ question, needId }) => question === prompt.question && needId === prompt.needId,
  );
  const promise = besides.find(({ question }) => question === 'promise');
  const returns = await readReturns(tx, workspaceId, [prompt.accountId]);
  return (
    begun.main ??
    same ??
    promise ??
    answered.main ??
    besides.find(({ question }) => question === 'promised') ??
    returns.find(({ repId }) => repId === prompt.repId)
  );
}
