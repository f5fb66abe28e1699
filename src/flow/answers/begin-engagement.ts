import { v7 as uuid } from 'uuid';
import { insertAnswer } from '../../db/cycle/answer.ts';
import {
  type Engagement,
  insertEngagements,
  readEngagements,
  recordHistories,
  standingColumns,
} from '../../db/cycle/engagement.ts';
import { lockOpenNeed, type Need, takeUpNeed } from '../../db/cycle/need.ts';
import { BEGUN_SOURCE } from '../../domain/cycle/deal-update.ts';
import { standingOf } from '../../domain/cycle/engagement.ts';
import type { Scope } from '../scope.ts';
import { toMoney } from '../show/prompt-view.ts';

const NAME_LENGTH = 80;

/** A need that cannot be taken up: it is no open need of the account. */
export class NeedNotOpenError extends Error {}

/**
 * The cycle starts again: the next engagement, grown from a need of the account. What the client needs is known, so
 * it begins in `develop`: the insight is to be prepared. Throws NeedNotOpenError.
 */
export async function beginEngagement(
  scope: Scope,
  from: {
    accountId: string;
    ownerId: string;
    parentId: string | null;
    needId: string;
    repId: string;
    at: Date;
  },
): Promise<Engagement> {
  const { tx, workspaceId, now } = scope;
  const need = await lockOpenNeed(tx, workspaceId, from.accountId, from.needId);
  if (need === null)
    throw new NeedNotOpenError(`${from.needId} is no open need of account ${from.accountId}`);
  const id = uuid();
  const called = { name: nameAfter(need), amount: toMoney(need.estimate, need.currency) ?? undefined };
  const fact = { id: uuid(), at: from.at, kind: 'begun' as const, stage: 'develop' as const, ...called };
  const standing = standingOf([fact]);
  const { accountId, ownerId, parentId, needId, repId } = from;
  const engagement: Engagement = {
    ...standingColumns(standing),
    ...{
      workspaceId,
      id,
      accountId,
      namedAccountId: await readNamed(scope, need),
      ownerId,
      namedOwnerId: ownerId,
      handedFromId: null,
      parentId,
      needId,
    },
    ...{ sameAsId: null, sameAsHow: null },
    ...{
      source: BEGUN_SOURCE,
      dealId: id,
    },
    createdAt: now,
  };
  await insertEngagements(tx, [engagement]);
  await insertAnswer(tx, {
    ...{ workspaceId, id: fact.id, key: `begun:${id}`, accountId, engagementId: id, repId, at: from.at },
    fact: { begun: 'develop', ...called },
  });
  await recordHistories(tx, [{ workspaceId, engagementId: id, changes: standing.changes, isNew: true }], now);
  await takeUpNeed(tx, workspaceId, needId, id);
  return engagement;
}

/** A need is where its engagement is, or else where what it was heard of is: so is what begins from it. */
async function readNamed({ tx, workspaceId }: Scope, need: Need): Promise<string> {
  const heardIn = await readEngagements(
    tx,
    workspaceId,
    need.engagementId === null ? [] : [need.engagementId],
  );
  const [engagement] = heardIn.values();
  return engagement?.namedAccountId ?? need.namedAccountId ?? need.accountId;
}

function nameAfter(need: Need): string {
  const words = need.words.trim().replace(/\s+/g, ' ');
  return words.length <= NAME_LENGTH ? words : `${words.slice(0, NAME_LENGTH - 1)}…`;
}
