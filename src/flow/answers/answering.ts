import { type Prompt, readPrompts } from '../../db/prompt.ts';
import type { Rep } from '../../db/rep.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import type { Scope } from '../scope.ts';

/** What an answer's steps are handed. */
export interface Said {
  prompt: Prompt;
  rep: Rep;
  answerId: string;
  key: string;
  answer: Answer;
}

/** `urgent`: reps whose prompts are due at once because of the answer. `begunId`: the engagement that grew from it. */
export type Outcome = { refused: string } | { urgent: string[]; begunId?: string | undefined };

const MOVED_ON = 'This one has moved on since I asked. Type /whatsnext to see what stands open.';

/** Reads the prompt again under the lock that guards it: why it cannot be answered any more, or null. */
export async function whyClosed({ tx, workspaceId }: Scope, prompt: Prompt): Promise<string | null> {
  const [fresh] = await readPrompts(tx, workspaceId, [prompt.id]);
  if (fresh === undefined || fresh.closedAt === null) return null;
  return fresh.answerId === null ? MOVED_ON : 'This one is answered already.';
}
