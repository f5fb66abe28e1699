import type { Ask } from '../../db/asking/ask.ts';
import { type Prompt, readOpenBeside, savePrompt } from '../../db/asking/prompt.ts';
import { askingOf, type Engagement } from '../../db/cycle/engagement.ts';
import {
  type AskingReason,
  afterAsks,
  asksFor,
  isSpent,
  planBeside,
  reasonsBeside,
} from '../../domain/asking/prompting.ts';
import { calendarFor, type Owner, type Scope } from '../scope.ts';
import { asksOf, isAskedAlready, isAskedOf, isOut, newPrompt, place, type Spread } from './new-prompt.ts';

/** Prompts to be closed, and to be inserted in their place. */
export interface Changes {
  close: Prompt[];
  insert: Prompt[];
}

/** What is known of the engagements: who is asked, their open prompts of the stage, and every ask. */
export interface Planning {
  owners: ReadonlyMap<string, Owner>;
  main: ReadonlyMap<string, Prompt>;
  asks: ReadonlyMap<string | null, readonly Ask[]>;
  spread: Spread | undefined;
}

/**
 * What is asked beside the questions of these engagements' stages: a prompt for each fact that wants one, whether or
 * not the engagement has ended. One that is there for the same reason stays as it is. Once the value was
 * asked about, nobody is asked what was promised.
 */
export async function planBesides(
  scope: Scope,
  engagements: readonly Engagement[],
  { owners, main, asks, spread }: Planning,
): Promise<Changes> {
  const { tx, workspaceId, playbook } = scope;
  const changes: Changes = { close: [], insert: [] };
  const open = await readOpenBeside(
    tx,
    workspaceId,
    engagements.map(({ id }) => id),
  );
  const missing: { engagement: Engagement; owner: Owner; reason: AskingReason }[] = [];
  for (const engagement of engagements) {
    const owner = owners.get(engagement.namedOwnerId);
    if (owner === undefined) throw new Error(`engagement ${engagement.id} has an owner who is no rep`);
    const wanted = (heardAt: Date) => wantedOf(scope, engagement, owner, main.get(engagement.id), heardAt);
    const there = open.get(engagement.id) ?? [];
    const kept = there.filter((prompt) => isWanted(prompt, owner, wanted(prompt.createdAt)));
    for (const reason of wanted(scope.now)) {
      const isReason = ({ question }: Prompt) => question === reason.question;
      const prompt = there.find(isReason);
      if (kept.some(isReason)) continue;
      if (prompt === undefined || !isAskedAlready(prompt, reason, owner)) {
        missing.push({ engagement, owner, reason });
        continue;
      }
      kept.push(prompt);
      const { rule, factId, since } = reason;
      await savePrompt(tx, workspaceId, prompt.id, { rule, factId, since });
    }
    changes.close.push(...there.filter((prompt) => !kept.includes(prompt)));
  }
  for (const { engagement, owner, reason } of missing) {
    const prompt = await toPrompt(scope, engagement, owner, reason, { asks, spread });
    // Older news of what was asked as often as it may be is none.
    if (!isSpent(prompt, playbook)) changes.insert.push(prompt);
  }
  return changes;
}

function wantedOf(
  scope: Scope,
  engagement: Engagement,
  owner: Owner,
  main: Prompt | undefined,
  heardAt: Date,
): AskingReason[] {
  const reasons = reasonsBeside(askingOf(engagement), scope.playbook, calendarFor(scope, owner), heardAt);
  const isValueAsked = main?.question === 'verify' && isOut(main);
  return reasons.filter(({ question }) => question !== 'promise' || !isValueAsked);
}

function isWanted(prompt: Prompt, owner: Owner, wanted: readonly AskingReason[]): boolean {
  const isTheirs = prompt.namedRepId === owner.personId && isAskedOf(prompt, owner);
  return isTheirs && wanted.some((reason) => isFor(prompt, reason));
}

function isFor(prompt: Prompt, { question, rule, factId, since, on, urgent }: AskingReason): boolean {
  const isSame = question === prompt.question && rule === prompt.rule && factId === prompt.factId;
  const isSameDay = since.getTime() === prompt.since.getTime() && on === prompt.on;
  return isSame && isSameDay && (urgent === prompt.urgent || isOut(prompt) || prompt.spread);
}

async function toPrompt(
  scope: Scope,
  { id: engagementId, accountId }: Engagement,
  owner: Owner,
  reason: AskingReason,
  { asks, spread }: Pick<Planning, 'asks' | 'spread'>,
): Promise<Prompt> {
  const { playbook, now } = scope;
  const calendar = calendarFor(scope, owner);
  const planned = planBeside(reason, playbook, calendar, now);
  const about = { accountId, engagementId, needId: null, namedRepId: owner.personId };
  const fresh = newPrompt(scope, await place(planned, owner, spread), owner, about);
  const counted = asksFor(planned, asksOf(asks.get(engagementId) ?? [], planned, owner), calendar);
  if (counted === null) return fresh;
  return { ...fresh, ...afterAsks(planned, counted, playbook, calendar), urgent: false };
}
