import { readPlaybook } from '../../db/workspace.ts';
import type { Flow } from '../ports.ts';
import { readPromptViews } from './prompt-view.ts';
import type { PromptView } from './views.ts';

/** A prompt as it stands now; null when there is none with that id in the workspace. */
export async function showPrompt(
  flow: Flow,
  { workspaceId, promptId }: { workspaceId: string; promptId: string },
): Promise<PromptView | null> {
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const [view] = await readPromptViews({ tx, workspaceId, playbook }, [promptId]);
    return view ?? null;
  });
}
