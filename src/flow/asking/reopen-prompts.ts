import { readBundle } from '../../db/asking/bundle.ts';
import { type Prompt, readClosedPrompts } from '../../db/asking/prompt.ts';
import type { Scope } from '../scope.ts';

/** Prompts to insert, and prompts that were closed and are open again. */
export interface Reopening {
  insert: Prompt[];
  again: Prompt[];
}

/**
 * Opens a question again that was closed and is there for the same reason once more, instead of asking it anew: the
 * asks that were made stay counted (promise 9). `wanted` are the rows that would be inserted.
 */
export async function reopenPrompts(scope: Scope, wanted: readonly Prompt[]): Promise<Reopening> {
  const closed = await readClosedPrompts(scope.tx, scope.workspaceId, {
    engagementIds: wanted.flatMap(({ engagementId }) => engagementId ?? []),
    needIds: wanted.flatMap(({ needId }) => needId ?? []),
    returnsAt: wanted.flatMap(({ engagementId, accountId }) => (engagementId === null ? accountId : [])),
  });
  const insert: Prompt[] = [];
  const again: Prompt[] = [];
  for (const row of wanted) {
    const before = closed.findLast((one) => isFor(one, row) && !again.some(({ id }) => id === one.id));
    if (before === undefined) insert.push(row);
    else again.push(await asOpen(scope, before, row));
  }
  const isFirst = (row: Prompt) => !isValueAsked(again, row);
  return { insert: insert.filter(isFirst), again: again.filter(isFirst) };
}

/** Once the value was asked about, nobody is asked what was promised. */
function isValueAsked(again: readonly Prompt[], { question, engagementId }: Prompt): boolean {
  const isAsked = ({ asked, bundleId }: Prompt) => asked > 0 || bundleId !== null;
  return (
    question === 'promise' &&
    again.some((one) => one.engagementId === engagementId && one.question === 'verify' && isAsked(one))
  );
}

function isFor(one: Prompt, other: Prompt): boolean {
  return (
    one.question === other.question &&
    one.rule === other.rule &&
    one.factId === other.factId &&
    one.since.getTime() === other.since.getTime() &&
    one.on === other.on &&
    one.namedRepId === other.namedRepId &&
    one.needId === other.needId
  );
}

async function asOpen({ tx, workspaceId, now }: Scope, before: Prompt, wanted: Prompt): Promise<Prompt> {
  const { accountId, engagementId, repId, askedForId, unaskableSince } = wanted;
  const { asked, lastAskedAt, quietSince, dueAt } = wanted;
  const bundle = before.bundleId === null ? null : await readBundle(tx, workspaceId, before.bundleId);
  const isSameRep = before.repId === repId;
  const isOnItsWay = isSameRep && bundle?.status === 'on_its_way';
  // Asked once more meanwhile, under another reason: that counts as well.
  const isWaiting = isSameRep && before.asked > 0 && asked <= before.asked;
  const isDue = isSameRep && asked === before.asked && before.dueAt <= now;
  const waits = isWaiting || isDue || before.spread ? {} : { asked, lastAskedAt, quietSince, dueAt };
  return {
    ...before,
    ...waits,
    accountId,
    engagementId,
    repId,
    askedForId,
    unaskableSince,
    urgent: isWaiting ? before.urgent : wanted.urgent,
    bundleId: isOnItsWay ? before.bundleId : null,
    closedAt: null,
    answerId: null,
  };
}
