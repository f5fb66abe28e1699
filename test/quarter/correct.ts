import type { PromptView } from '../../src/flow/show/views.ts';
import type { Office } from '../support/office.ts';

/** Takes back what was said under that key. Returns what is asked then; null where it cannot be taken back. */
export async function correct(
  _office: Office,
  _slackUserId: string,
  _key: string,
): Promise<PromptView | null> {
  return null;
}
