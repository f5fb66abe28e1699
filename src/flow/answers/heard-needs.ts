import { v7 as uuid } from 'uuid';
import type { Need } from '../../db/cycle/need.ts';
import type { Answer, NextStep } from '../../domain/cycle/answer.ts';
import type { HeardNeed } from '../../domain/cycle/need.ts';

type NeedWithId = HeardNeed & { id: string };

/** Needs get their ids before the answer is stored, so that the answer can say which of them was taken up. */
export function withIds(answer: Answer): { answer: Answer; needs: NeedWithId[] } {
  const heard = 'needs' in answer && answer.needs !== undefined ? answer.needs : [];
  const needs = heard.map((need) => ({ ...need, id: uuid() }));
  const named = (step: NextStep | undefined): NextStep | undefined => {
    if (step?.kind !== 'engage_heard') return step;
    const need = needs[step.index];
    // Without that need nothing would begin: what comes next is asked again.
    return need === undefined ? undefined : { kind: 'engage', needId: need.id };
  };
  if (answer.kind === 'verified') return { needs, answer: { ...answer, needs, next: named(answer.next) } };
  if (answer.kind === 'next') return { needs, answer: { ...answer, needs, step: named(answer.step) } };
  if (answer.kind === 'moved' && needs.length > 0) return { needs, answer: { ...answer, needs } };
  return { needs, answer };
}

/** The rows of needs that were heard in one answer, which was given at `heardAt`. */
export function needRows(
  needs: readonly NeedWithId[],
  heardAt: Date,
  place: Pick<Need, 'workspaceId' | 'accountId' | 'engagementId' | 'repId'> & {
    answerId: string;
    namedAccountId?: string;
  },
) {
  return needs.map((heard) => {
    const { id, words, estimate, neededOn } = heard;
    const dated = neededOn === undefined ? {} : { datedBy: place.answerId, datedAt: heardAt };
    const value = { words, estimate: estimate?.value, currency: estimate?.currency, neededOn };
    return { ...place, ...dated, ...value, id, heard, heardAt };
  });
}
