import { readNeedWords } from '../../db/cycle/need.ts';
import type { Tx } from '../../db/driver.ts';
import { readAccounts } from '../../db/who/account.ts';
import { readReps } from '../../db/who/rep.ts';
import { nextStepOf } from '../../domain/cycle/answer.ts';
import { toEngagementView } from '../show/prompt-view.ts';
import type { ToldView } from '../show/views.ts';
import type { Told } from './find-told.ts';
import type { UndoPlan } from './plan-undo.ts';

/** Something that a person told, as people read it. `timeZone` is that of whoever reads. */
export async function toldView(
  { tx, workspaceId }: { tx: Tx; workspaceId: string },
  told: Told,
  { hangs }: Pick<UndoPlan, 'hangs'>,
  timeZone: string,
): Promise<ToldView> {
  const { factId, at, engagement } = told;
  const repIds = [told.repId, ...hangs.answers.map(({ repId }) => repId)];
  const reps = await readReps(tx, workspaceId, repIds);
  const nameOf = (repId: string) => reps.get(repId)?.name ?? '';
  const accountId = told.kind === 'answer' ? told.row.accountId : (engagement?.accountId ?? null);
  const account =
    accountId === null ? undefined : (await readAccounts(tx, workspaceId, [accountId])).get(accountId);
  return {
    factId,
    what: await whatOf(tx, workspaceId, told),
    at,
    by: nameOf(told.repId),
    account: account === undefined ? null : { id: account.id, name: account.name },
    engagement: engagement === null ? null : toEngagementView(engagement),
    timeZone,
    hangs: {
      engagements: hangs.engagements.map(toEngagementView),
      answers: hangs.answers.flatMap(({ fact, repId, at: saidAt }) =>
        'answer' in fact ? [{ answer: fact.answer, by: nameOf(repId), at: saidAt }] : [],
      ),
    },
  };
}

async function whatOf(tx: Tx, workspaceId: string, told: Told): Promise<ToldView['what']> {
  if (told.kind !== 'answer') return { kind: told.kind };
  const { answer } = told;
  if (answer.kind === 'handed_over') {
    const taker = (await readReps(tx, workspaceId, [answer.to])).get(answer.to);
    return { kind: 'answer', answer, took: taker?.name ?? '' };
  }
  const step = nextStepOf(answer);
  if (step?.kind !== 'engage') return { kind: 'answer', answer };
  const took = await readNeedWords(tx, workspaceId, step.needId);
  return { kind: 'answer', answer, ...(took === null ? {} : { took }) };
}
