import type { StoredAnswer } from '../../db/cycle/answer.ts';
import {
  findLastAnswer,
  findTypedEngagement,
  readAnswerById,
  readTyped,
  type TypedUpdate,
} from '../../db/cycle/correction.ts';
import { type Engagement, readEngagements } from '../../db/cycle/engagement.ts';
import type { Tx } from '../../db/driver.ts';
import type { Rep } from '../../db/who/rep.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import { givenOwnerOf } from '../intake/find-whose.ts';

/** Something that a person told and that can be taken back. */
export type Told = {
  factId: string;
  at: Date;
  repId: string;
  engagement: Engagement | null;
  /** Whom it concerns as much as whoever told it. */
  concerns?: readonly string[];
} & (
  | { kind: 'answer'; row: StoredAnswer; answer: Answer }
  /** An order that was typed, with all that was typed of it; or another amount of it. */
  | { kind: 'order' | 'amount'; updates: TypedUpdate[] }
);

/** What a person told under that id, as long as it is in force; null when there is none, or it is taken back. */
export async function findTold(tx: Tx, workspaceId: string, factId: string): Promise<Told | null> {
  const row = await readAnswerById(tx, workspaceId, factId);
  if (row !== null) return await toldIn(tx, row);
  const engagementId = await findTypedEngagement(tx, workspaceId, factId);
  return engagementId === null ? null : await typedAs(tx, workspaceId, factId, engagementId);
}

/** The last that a rep told and that is in force. */
export async function findLastTold(tx: Tx, rep: Rep): Promise<Told | null> {
  const { workspaceId, id: repId } = rep;
  const answer = await findLastAnswer(tx, workspaceId, repId);
  const [typed] = await readTyped(tx, workspaceId, { repId }, 1);
  const isTyped = typed !== undefined && (answer === null || typed.at > answer.at);
  if (isTyped) return await typedAs(tx, workspaceId, typed.factId, typed.engagementId);
  return answer === null ? null : await toldIn(tx, answer);
}

async function toldIn(tx: Tx, row: StoredAnswer): Promise<Told | null> {
  if (!('answer' in row.fact) || row.retractedAt !== null) return null;
  const { id: factId, at, repId, workspaceId, engagementId } = row;
  const engagement = await readOne(tx, workspaceId, engagementId);
  const { answer } = row.fact;
  const concerns = answer.kind === 'handed_over' ? [answer.from, answer.to] : [];
  return { kind: 'answer', factId, at, repId, engagement, concerns, row, answer };
}

async function typedAs(
  tx: Tx,
  workspaceId: string,
  factId: string,
  engagementId: string,
): Promise<Told | null> {
  const all = await readTyped(tx, workspaceId, { engagementIds: [engagementId] }, Number.MAX_SAFE_INTEGER);
  const update = all.find((one) => one.factId === factId);
  const engagement = await readOne(tx, workspaceId, engagementId);
  if (update === undefined || engagement === null) return null;
  const { at, isOrder } = update;
  const told = { factId, at, repId: givenOwnerOf(engagement), engagement };
  return isOrder ? { ...told, kind: 'order', updates: all } : { ...told, kind: 'amount', updates: [update] };
}

async function readOne(tx: Tx, workspaceId: string, id: string | null): Promise<Engagement | null> {
  const found = await readEngagements(tx, workspaceId, id === null ? [] : [id]);
  return [...found.values()][0] ?? null;
}
