import { readPrompts } from '../../db/asking/prompt.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import type { Who } from '../people/ensure-rep.ts';
import { answererOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { readPromptViews } from './prompt-view.ts';
import type { PromptView } from './views.ts';

export type ShownPrompt =
  | { kind: 'shown'; prompt: PromptView }
  /** There is none with that id in the workspace. */
  | { kind: 'gone' }
  /** It is somebody else's. */
  | { kind: 'not_theirs' };

/** A prompt as it stands now, to whoever may answer it. */
export async function showPrompt(
  flow: Flow,
  { workspaceId, slackUserId, promptId }: Who & { promptId: string },
): Promise<ShownPrompt> {
  return await flow.store.read(async (tx) => {
    const [row] = await readPrompts(tx, workspaceId, [promptId]);
    if (row === undefined) return { kind: 'gone' };
    if ((await answererOf({ tx, workspaceId }, slackUserId, row)) === null) return { kind: 'not_theirs' };
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const [prompt] = await readPromptViews({ tx, workspaceId, playbook }, [promptId]);
    return prompt === undefined ? { kind: 'gone' } : { kind: 'shown', prompt };
  });
}
