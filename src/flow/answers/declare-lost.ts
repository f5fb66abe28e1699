import { readOpenBeforeOrder } from '../../db/board.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import type { DoorView, PromptView, SuggestedAccount } from '../show/views.ts';
import type { Refusal } from './answering.ts';
import { type Client, findClient } from './find-account.ts';
import { receiveAnswer } from './receive-answer.ts';

export type DeclaredLost =
  | { kind: 'taken'; prompt: PromptView; next: PromptView | null }
  | { kind: 'unknown'; near: SuggestedAccount[] }
  /** Several deals of theirs are open there. Nothing was stored. */
  | { kind: 'which'; account: { id: string; name: string }; open: DoorView[] }
  /** Nothing of theirs is open there that could be lost. */
  | { kind: 'none_open'; account: { id: string; name: string } }
  | { kind: 'refused'; why: Refusal };

/** A rep says that a deal is lost, and why: the one that they have open there, or the one they chose (`promptId`). */
export async function declareLost(
  flow: Flow,
  said: Who & { client: Client; reason: string; promptId?: string | undefined; key: string },
): Promise<DeclaredLost> {
  const reader = await readerOf(flow, said);
  const { workspaceId, slackUserId, reason, key } = said;
  const found = await flow.store.read((tx) => findClient(tx, reader, said.client));
  if (found.kind !== 'found') return { kind: 'unknown', near: found.kind === 'new' ? [] : found.near };
  const { id, name } = found.account;
  const doors = await flow.store.read((tx) => readOpenBeforeOrder(tx, workspaceId, id));
  const open = doors.filter(({ repId }) => repId === reader.rep.id);
  const [only, ...others] = open;
  const promptId = said.promptId ?? (others.length === 0 ? only?.promptId : undefined);
  if (promptId === undefined && only === undefined) return { kind: 'none_open', account: { id, name } };
  if (promptId === undefined) return { kind: 'which', account: { id, name }, open };
  const answer = { kind: 'lost' as const, reason };
  return await receiveAnswer(flow, { workspaceId, slackUserId, promptId, key, answer });
}
