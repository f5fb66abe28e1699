import type { StoredAnswer } from '../../db/cycle/answer.ts';
import { readBegunFrom, readHeardIn, readSaidOf } from '../../db/cycle/correction.ts';
import { dealKey } from '../../db/cycle/deal-event.ts';
import { type Engagement, readEngagements } from '../../db/cycle/engagement.ts';
import { nextStepOf } from '../../domain/cycle/answer.ts';
import { BEGUN_SOURCE } from '../../domain/cycle/deal-update.ts';
import { hangingOn } from '../../domain/cycle/hanging.ts';
import { readFacts } from '../intake/read-facts.ts';
import type { Scope } from '../scope.ts';
import type { Told } from './find-told.ts';

/** What goes when something is taken back. */
export interface UndoPlan {
  /** The facts that go in any case, and the engagements that they are about. */
  factIds: string[];
  engagementIds: string[];
  /** What people have made of it since: the answers that would mean nothing, the engagements with a life of their own. */
  hangs: { answers: StoredAnswer[]; engagements: Engagement[] };
}

/** What goes with something that a person told, and what hangs on it. */
export async function planUndo(scope: Pick<Scope, 'tx' | 'workspaceId'>, told: Told): Promise<UndoPlan> {
  const { engagement } = told;
  const factIds = told.kind === 'answer' ? [told.factId] : told.updates.map((update) => update.factId);
  const answers = engagement === null ? [] : await readHanging(scope, engagement, told, factIds);
  const begun = await readBegun(scope, [...(told.kind === 'answer' ? [told.row] : []), ...answers]);
  const plan: UndoPlan = {
    factIds,
    engagementIds: engagement === null ? [] : [engagement.id],
    hangs: { answers, engagements: [] },
  };
  for (const { row, isByStep } of begun) {
    const said = await readSaidOf(scope.tx, scope.workspaceId, [row.id]);
    const own = said.filter(({ fact }) => 'answer' in fact);
    if (own.length > 0 || row.sameAsId !== null || !isByStep) plan.hangs.engagements.push(row);
    else {
      plan.factIds.push(...said.map(({ id }) => id));
      plan.engagementIds.push(row.id);
    }
  }
  return plan;
}

/** The same with all that hangs on it taken back as well, and all that hangs on that. */
export async function planWhole(
  scope: Pick<Scope, 'tx' | 'workspaceId'>,
  { factIds, engagementIds, hangs }: UndoPlan,
): Promise<UndoPlan> {
  const facts = [...factIds, ...hangs.answers.map(({ id }) => id)];
  const gone = new Set(engagementIds);
  for (let next = hangs.engagements; next.length > 0; ) {
    for (const { id } of next) gone.add(id);
    const said = await readSaidOf(
      scope.tx,
      scope.workspaceId,
      next.map(({ id }) => id),
    );
    facts.push(...said.map(({ id }) => id));
    next = (await readBegun(scope, said)).map(({ row }) => row).filter(({ id }) => !gone.has(id));
  }
  return { factIds: [...new Set(facts)], engagementIds: [...gone], hangs: { answers: [], engagements: [] } };
}

/** The same with the engagements kept that began with it; the answers that would mean nothing go. */
export function planKeeping({ factIds, engagementIds, hangs }: UndoPlan): UndoPlan {
  const facts = [...factIds, ...hangs.answers.map(({ id }) => id)];
  return { factIds: facts, engagementIds, hangs: { answers: [], engagements: [] } };
}

async function readHanging(
  scope: Pick<Scope, 'tx' | 'workspaceId'>,
  engagement: Engagement,
  told: Told,
  factIds: readonly string[],
): Promise<StoredAnswer[]> {
  const { tx, workspaceId } = scope;
  const same = await readEngagements(tx, workspaceId, [engagement.sameAsId ?? engagement.id]);
  const deal = same.get(engagement.sameAsId ?? '') ?? engagement;
  const facts = (await readFacts(scope, [deal])).get(dealKey(deal)) ?? [];
  const said = await readSaidOf(tx, workspaceId, [deal.id, engagement.id]);
  const own = said.filter(
    ({ id, fact }) => 'answer' in fact && fact.answer.kind !== 'note' && id !== told.factId,
  );
  // An order that never was leaves nothing to be answered.
  if (told.kind === 'order') return own.filter(({ engagementId }) => engagementId === engagement.id);
  const hanging = new Set(factIds.flatMap((id) => hangingOn(facts, id)));
  return own.filter(({ id }) => hanging.has(id));
}

/** What was begun from needs heard in these answers, or by them. */
async function readBegun(
  scope: Pick<Scope, 'tx' | 'workspaceId'>,
  answers: readonly StoredAnswer[],
): Promise<{ row: Engagement; isByStep: boolean }[]> {
  const { tx, workspaceId } = scope;
  const taken = new Set(answers.flatMap(takenIn));
  const heard = await readHeardIn(
    tx,
    workspaceId,
    answers.map(({ id }) => id),
  );
  const begun = await readBegunFrom(tx, workspaceId, [...new Set([...taken, ...heard])]);
  return begun
    .filter(({ source }) => source === BEGUN_SOURCE)
    .map((row) => ({ row, isByStep: taken.has(row.needId ?? '') }));
}

/** The need that an answer let the next engagement begin from. */
function takenIn({ fact }: StoredAnswer): string[] {
  if ('answer' in fact && fact.answer.kind === 'need_taken_up') return [fact.answer.needId];
  const step = 'answer' in fact ? nextStepOf(fact.answer) : undefined;
  return step?.kind === 'engage' ? [step.needId] : [];
}
