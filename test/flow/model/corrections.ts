import { putBack } from '../../../src/flow/corrections/put-back.ts';
import { type Undone, undo } from '../../../src/flow/corrections/undo.ts';
import { applyDealUpdates } from '../../../src/flow/intake/apply-deal-updates.ts';
import type { Office } from '../../support/office.ts';
import { readOffice } from '../office-rows.ts';
import type { Step } from './steps.ts';

/** Takes in what a process that died has left: a correction would take it in as well. */
export async function catchUp({ flow, workspaceId, jobs }: Office): Promise<void> {
  await applyDealUpdates(flow, workspaceId);
  await jobs.runDue();
}

type Hanging = 'take_back' | 'keep';

/** Takes back what was told under that key, at once. */
export async function takeBackKey(office: Office, key: string): Promise<void> {
  const said = (await readOffice(office)).answers.find((row) => row.key === key);
  if (said === undefined) throw new Error('an answer was not kept');
  const { kind } = await takeBack(office, `undo-${key}`, said, 'take_back');
  if (kind !== 'undone') throw new Error(`an answer was not taken back: ${kind}`);
}

/** Takes back something that is in force, whenever it was told, and puts it back again where that is wanted. */
export async function putSomethingRight(
  office: Office,
  key: string,
  { pick, hanging, isBack }: Extract<Step, { kind: 'put right' }>,
): Promise<void> {
  const { answers, engagements } = await readOffice(office);
  const typed = engagements
    .filter(({ source, ending }) => source === 'slack' && ending !== 'taken_back')
    .map(({ dealId, namedOwnerId }) => ({ key: dealId, id: `slack:${dealId}`, repId: namedOwnerId }));
  const said = answers.filter(({ fact, retractedAt }) => 'answer' in fact && retractedAt === null);
  // Ids are not the same in two tellings of one story; keys are.
  const all = [...said, ...typed].sort((a, b) => (a.key < b.key ? -1 : 1));
  const told = all[pick % Math.max(all.length, 1)];
  if (told === undefined) return;
  const undone = await takeBack(office, key, told, hanging);
  if (undone.kind !== 'undone' || undone.undoId === null || !isBack) return;
  const { flow, workspaceId, jobs } = office;
  const who = { workspaceId, slackUserId: await slackUserOf(office, told.repId) };
  const { kind } = await putBack(flow, { ...who, undoId: undone.undoId, key: `${key}-back` });
  if (kind !== 'back') throw new Error(`what was taken back was not put back: ${kind}`);
  await jobs.runDue();
}

async function takeBack(
  office: Office,
  key: string,
  { id: factId, repId }: { id: string; repId: string },
  hanging: Hanging,
): Promise<Undone> {
  const { flow, workspaceId, jobs } = office;
  const undoing = { workspaceId, slackUserId: await slackUserOf(office, repId), factId, hanging, key };
  const undone = await undo(flow, undoing);
  await jobs.runDue();
  // Slack repeats what it thinks was lost.
  await undo(flow, undoing);
  return undone;
}

async function slackUserOf(office: Office, repId: string): Promise<string> {
  const { reps } = await readOffice(office);
  return reps.find(({ id }) => id === repId)?.slackUserId ?? '';
}
