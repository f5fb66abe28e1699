import { findAnswerByKey } from '../../src/db/cycle/answer.ts';
import { undo } from '../../src/flow/corrections/undo.ts';
import type { PromptView } from '../../src/flow/show/views.ts';
import type { Office } from '../support/office.ts';

/**
 * Takes back what was said under that key, with all that came of it. Returns what is asked then; null where it is taken
 * back already, or nothing is asked.
 */
export async function correct(
  { flow, workspaceId }: Office,
  slackUserId: string,
  key: string,
): Promise<PromptView | null> {
  const said = await flow.store.read(async (tx) => await findAnswerByKey(tx, workspaceId, key));
  if (said === null) throw new Error(`nothing was said under ${key}`);
  const undoing = { workspaceId, slackUserId, factId: said.id, key: `undo ${key}` };
  const undone = await undo(flow, { ...undoing, hanging: 'take_back' });
  if (undone.kind === 'not_theirs') throw new Error(`${key} could not be taken back by who said it`);
  return undone.kind === 'undone' ? undone.next : null;
}
