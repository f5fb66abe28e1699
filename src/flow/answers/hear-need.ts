import { v7 as uuid } from 'uuid';
import { insertAnswer } from '../../db/cycle/answer.ts';
import { insertNeeds } from '../../db/cycle/need.ts';
import { lockPlace } from '../../db/who/account.ts';
import type { HeardNeed } from '../../domain/cycle/need.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import { needRows } from './answer-engagement.ts';
import { findAccount, namesNear } from './find-account.ts';

export type HeardAnswer =
  | { kind: 'heard'; account: { id: string; name: string } }
  | { kind: 'unknown'; name: string; near: string[] };

/** Keeps a need that a rep heard along the way. The same `key` again is the same need. */
export async function hearNeed(
  flow: Flow,
  heard: Who & { accountName: string; need: HeardNeed; key: string },
): Promise<HeardAnswer> {
  const reader = await readerOf(flow, heard);
  const { rep } = reader;
  const { workspaceId, key } = heard;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const found = await findAccount(tx, reader, heard.accountName);
    if (found.kind !== 'found') {
      return { kind: 'unknown', name: heard.accountName, near: namesNear(found) };
    }
    const { id, name } = found.account;
    const place = { workspaceId, ...(await lockPlace(tx, workspaceId, id)), engagementId: null };
    const fact = { answer: { kind: 'next' as const, needs: [heard.need] } };
    const isNew = await insertAnswer(tx, { ...place, id: uuid(), key, repId: rep.id, at: now, fact });
    if (isNew)
      await insertNeeds(tx, needRows(scope, [{ ...heard.need, id: uuid() }], { ...place, repId: rep.id }));
    return { kind: 'heard', account: { id, name } };
  });
}
