import type { Ask } from '../../db/asking/ask.ts';
import { type Prompt, savePrompt, splitOpen } from '../../db/asking/prompt.ts';
import { askingOf, type Engagement } from '../../db/cycle/engagement.ts';
import { isSpent } from '../../domain/asking/asks.ts';
import { type AskingReason, planReason, reasonsBeside } from '../../domain/asking/prompting.ts';
import { calendarFor, type Owner, type Scope } from '../scope.ts';
import { isAskedAlready, isAskedOf, isOut, newPrompt, place, type Spread, stateAfter } from './new-prompt.ts';

/** Prompts to be closed, and to be inserted in their place. */
export interface Changes {
  close: Prompt[];
  insert: Prompt[];
}

/** What is known of the engagements: who is asked, their open prompts, and every ask. */
export interface Planning {
  owners: ReadonlyMap<string, Owner>;
  open: ReadonlyMap<string, readonly Prompt[]>;
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
  { owners, open, asks, spread }: Planning,
): Promise<Changes> {
  const { tx, workspaceId, playbook } = scope;
  const changes: Changes = { close: [], insert: [] };
  const missing: { engagement: Engagement; owner: Owner; reason: AskingReason }[] = [];
  for (const engagement of engagements) {
    const owner = owners.get(engagement.namedOwnerId);
    if (owner === undefined) throw new Error(`engagement ${engagement.id} has an owner who is no rep`);
    const { main, beside: there } = splitOpen(open.get(engagement.id));
    const wanted = (heardAt: Date) => wantedOf(scope, engagement, owner, main, heardAt);
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
  const planned = planReason(reason, scope.playbook, calendarFor(scope, owner), scope.now);
  const about = { accountId, engagementId, needId: null, namedRepId: owner.personId };
  const fresh = newPrompt(scope, await place(planned, owner, spread), owner, about);
  const after = stateAfter(scope, planned, asks.get(engagementId) ?? [], owner);
  return after === null ? fresh : { ...fresh, ...after, urgent: false };
}
