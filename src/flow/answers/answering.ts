import { type Prompt, readPrompts } from '../../db/asking/prompt.ts';
import type { Rep } from '../../db/who/rep.ts';
import type { Answer, Misfit } from '../../domain/cycle/answer.ts';
import type { Scope } from '../scope.ts';

/** What an answer's steps are handed. */
export interface Said {
  prompt: Prompt;
  rep: Rep;
  answerId: string;
  key: string;
  answer: Answer;
}

/** Why an answer is not taken. */
export type Refusal =
  | Misfit
  | 'gone'
  | 'not_theirs'
  /** The deal has moved on since the question was asked. */
  | 'moved_on'
  | 'answered_before'
  /** The need to begin from has been taken up meanwhile. */
  | 'need_taken_up'
  /** The client does not see yet what was promised: nobody begins anything with them. */
  | 'waits_for_repair';

/** `urgent`: reps whose prompts are due at once because of the answer. `begunId`: the engagement that grew from it. */
export type Outcome = { refused: Refusal } | { urgent: string[]; begunId?: string | undefined };

/** Reads the prompt again under the lock that guards it: why it cannot be answered any more, or null. */
export async function whyClosed({ tx, workspaceId }: Scope, prompt: Prompt): Promise<Refusal | null> {
  const [fresh] = await readPrompts(tx, workspaceId, [prompt.id]);
  if (fresh === undefined || fresh.closedAt === null) return null;
  return fresh.answerId === null ? 'moved_on' : 'answered_before';
}
