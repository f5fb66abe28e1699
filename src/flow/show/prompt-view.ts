import { type Prompt, readPrompts } from '../../db/asking/prompt.ts';
import { readAnswers, type StoredAnswer } from '../../db/cycle/answer.ts';
import { readBring } from '../../db/cycle/bring.ts';
import { type Engagement, readEngagements } from '../../db/cycle/engagement.ts';
import { type Need, readNeeds, readUnseen } from '../../db/cycle/need.ts';
import { readJoined } from '../../db/cycle/same-order.ts';
import { readContacts } from '../../db/cycle/verification.ts';
import type { Tx } from '../../db/driver.ts';
import { readAccounts } from '../../db/who/account.ts';
import { type Rep, readReps } from '../../db/who/rep.ts';
import { isLastAsk } from '../../domain/asking/asks.ts';
import type { Playbook } from '../../domain/asking/playbook.ts';
import { type Answer, type NextStep, nextStepOf } from '../../domain/cycle/answer.ts';
import { readColleagues } from './colleagues.ts';
import type { ColleagueView, EngagementView, NeedView, PromptState, PromptView } from './views.ts';

/** What a view is read with. */
export interface Reading {
  tx: Tx;
  workspaceId: string;
  playbook: Playbook;
}

/** Prompts as people see them, in the order of `ids`; ids that name no prompt are left out. */
export async function readPromptViews(reading: Reading, ids: readonly string[]): Promise<PromptView[]> {
  const { tx, workspaceId, playbook } = reading;
  const prompts = new Map((await readPrompts(tx, workspaceId, ids)).map((prompt) => [prompt.id, prompt]));
  const all = [...prompts.values()];
  const accounts = await readAccounts(
    tx,
    workspaceId,
    all.map((prompt) => prompt.accountId),
  );
  const engagements = await readEngagements(
    tx,
    workspaceId,
    present(all.map((prompt) => prompt.engagementId)),
  );
  const told = await readJoined(tx, workspaceId, [...engagements.keys()]);
  const answers = await readAnswers(tx, workspaceId, present(all.map((prompt) => prompt.answerId)));
  const needs = await readNeeds(
    tx,
    workspaceId,
    all.map((prompt) => prompt.accountId),
  );
  const repIds = [
    ...all.map((prompt) => prompt.repId),
    ...[...answers.values()].flatMap(({ repId, fact }) =>
      'answer' in fact && fact.answer.kind === 'handed_over' ? [repId, fact.answer.to] : [repId],
    ),
  ];
  const reps = await readReps(tx, workspaceId, repIds);
  const accountIds = [...new Set(all.map((prompt) => prompt.accountId))];
  const unseen = await readUnseen(tx, workspaceId, accountIds);
  const contacts = await readContacts(tx, workspaceId, accountIds);
  const colleagues = await readColleagues(tx, workspaceId, all);
  const bring = await readBring(
    tx,
    workspaceId,
    present(all.filter(isOfBringing).map((prompt) => prompt.engagementId)),
  );
  const known: Known = {
    engagements,
    told,
    answers,
    needs,
    unseen,
    contacts,
    reps,
    playbook,
    colleagues,
    bring,
  };
  return ids.flatMap((id) => {
    const prompt = prompts.get(id);
    const account = prompt === undefined ? undefined : accounts.get(prompt.accountId);
    return prompt === undefined || account === undefined ? [] : [toView(prompt, account, known)];
  });
}

interface Known {
  told: ReadonlyMap<string, Engagement>;
  engagements: ReadonlyMap<string, Engagement>;
  answers: ReadonlyMap<string, StoredAnswer>;
  needs: readonly Need[];
  /** Accounts that wait for a repair. */
  unseen: ReadonlySet<string>;
  contacts: ReadonlyMap<string, string>;
  reps: ReadonlyMap<string, Rep>;
  playbook: Playbook;
  colleagues: ReadonlyMap<string, ColleagueView>;
  bring: ReadonlyMap<string, string>;
}

function toView(prompt: Prompt, account: { id: string; name: string }, known: Known): PromptView {
  const rep = known.reps.get(prompt.repId);
  const engagement = prompt.engagementId === null ? undefined : known.engagements.get(prompt.engagementId);
  const needs = known.needs.filter((need) => need.accountId === prompt.accountId && need.outcome === 'open');
  const need = known.needs.find(({ id }) => id === prompt.needId);
  return {
    promptId: prompt.id,
    question: prompt.question,
    rule: prompt.rule,
    since: prompt.since,
    dueAt: prompt.dueAt,
    asked: prompt.asked,
    isRested: isRested(prompt, known.playbook),
    learnedDays: prompt.playbookVersion === null ? null : prompt.afterDays,
    colleague: known.colleagues.get(prompt.id) ?? null,
    account: { id: account.id, name: account.name },
    engagement: engagement === undefined ? null : toEngagementView(engagement),
    promise: engagement?.promise ?? null,
    repair: engagement?.repair ?? null,
    needs: needs.map(toNeedView),
    waitsForRepair: known.unseen.has(prompt.accountId),
    need: need === undefined ? null : toNeedView(need),
    bring: isOfBringing(prompt) ? (known.bring.get(prompt.engagementId ?? '') ?? null) : null,
    contact: known.contacts.get(prompt.accountId) ?? null,
    state: stateOf(prompt, known),
    told: toTold(known.told.get(prompt.engagementId ?? '')),
    askedForId: prompt.askedForId,
    rep: {
      id: prompt.repId,
      name: rep?.name ?? '',
      slackUserId: rep?.slackUserId ?? null,
      timeZone: rep?.timeZone ?? known.playbook.timeZone,
    },
    currency: known.playbook.currency,
  };
}

/** Once it is answered, the answer says what will be brought. */
function isOfBringing({ question, closedAt }: Prompt): boolean {
  return question === 'develop' && closedAt === null;
}

/** Said by the message that asks it for the last time; from then on it is so. */
function isRested(prompt: Prompt, playbook: Playbook): boolean {
  const isGoingOut = prompt.bundleId !== null;
  return (
    prompt.closedAt === null && (prompt.quietSince !== null || (isGoingOut && isLastAsk(prompt, playbook)))
  );
}

function stateOf(prompt: Prompt, known: Known): PromptState {
  if (prompt.closedAt === null) return { kind: 'open' };
  const stored = prompt.answerId === null ? undefined : known.answers.get(prompt.answerId);
  const isTaken = stored !== undefined && stored.retractedAt === null && 'answer' in stored.fact;
  if (!isTaken || !('answer' in stored.fact)) return { kind: 'overtaken', at: prompt.closedAt };
  const { answer } = stored.fact;
  const by = known.reps.get(stored.repId)?.name ?? '';
  const step = nextStepOf(answer);
  const took = tookIn(answer, step, known);
  return {
    kind: 'answered',
    answerId: stored.id,
    answer,
    at: stored.at,
    by,
    ...(took === undefined ? {} : { took }),
  };
}

/** The words of the need that was taken up, or who took the deal on. */
function tookIn(answer: Answer, step: NextStep | undefined, known: Known): string | undefined {
  if (answer.kind === 'handed_over') return known.reps.get(answer.to)?.name;
  return step?.kind === 'engage' ? known.needs.find((need) => need.id === step.needId)?.words : undefined;
}

function toTold(row: Engagement | undefined): NonNullable<PromptView['told']> | null {
  if (row?.sameAsHow == null) return null;
  const { endedAt, openedAt, sameAsHow: certainty } = row;
  return { at: endedAt ?? openedAt, amount: toMoney(row.amount, row.currency), certainty };
}

export function toEngagementView(row: Engagement): EngagementView {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    amount: toMoney(row.amount, row.currency),
    stage: row.stage,
    ending: row.ending,
    dealAt: row.wonAt ?? row.openedAt,
  };
}

export function toNeedView(need: Need): NeedView {
  const { id, words, neededOn, outcome, heardAt } = need;
  return {
    id,
    words,
    estimate: toMoney(need.estimate, need.currency),
    neededOn,
    outcome,
    heardAt,
    link: need.heard.link ?? null,
  };
}

export function toMoney(
  value: string | null,
  currency: string | null,
): { value: string; currency: string } | null {
  return value === null || currency === null ? null : { value, currency };
}

function present<T>(values: readonly (T | null)[]): T[] {
  return values.filter((value) => value !== null);
}
