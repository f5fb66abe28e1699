import { deleteFormDrafts, readFormDraft, saveFormDraft } from '../../db/asking/form-draft.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { Flow } from '../ports.ts';

/** One form of somebody's, by Slack's id of its first view. */
export interface FormId {
  workspaceId: string;
  rootViewId: string;
}

/** What was typed on the pages of a form that are not on screen. */
export async function readDraft(
  flow: Flow,
  { workspaceId, rootViewId }: FormId,
): Promise<Record<string, string>> {
  return await flow.store.read((tx) => readFormDraft(tx, workspaceId, rootViewId));
}

/** Keeps what was typed on all pages of a form so far, until the next day. */
export async function keepDraft(flow: Flow, form: FormId, inputs: Record<string, string>): Promise<void> {
  await flow.store.transaction((tx) => saveFormDraft(tx, { ...form, inputs, savedAt: flow.now() }));
}

/** Drafts are of forms that are open: after a day none of them is. */
export async function forgetDrafts(flow: Flow, workspaceId: string): Promise<void> {
  const before = new Date(flow.now().getTime() - DAY_MS);
  await flow.store.transaction((tx) => deleteFormDrafts(tx, workspaceId, before));
}
