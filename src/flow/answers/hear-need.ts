import { v7 as uuid } from 'uuid';
import { readAccounts } from '../../db/account.ts';
import { insertAnswer, insertNeeds } from '../../db/answer.ts';
import { findAccounts } from '../../db/board.ts';
import type { HeardNeed } from '../../domain/cycle/need.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import { needRows } from './answer-engagement.ts';
import { ownFirst } from './own-first.ts';

const NEAR_AT_MOST = 5;

export type HeardAnswer =
  | { kind: 'heard'; account: { id: string; name: string } }
  | { kind: 'unknown'; name: string; near: string[] };

/** Keeps a need that a rep heard along the way. The same `key` again is the same need. */
export async function hearNeed(
  flow: Flow,
  heard: Who & ({ accountId: string } | { accountName: string }) & { need: HeardNeed; key: string },
): Promise<HeardAnswer> {
  const rep = await ensureRep(flow, heard);
  const { workspaceId, key } = heard;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const asked = 'accountName' in heard ? heard.accountName : '';
    const { exact, near, alike } =
      'accountId' in heard
        ? {
            exact: [...(await readAccounts(tx, workspaceId, [heard.accountId])).values()],
            near: [],
            alike: [],
          }
        : await findAccounts(tx, workspaceId, asked, NEAR_AT_MOST);
    const [own] = await ownFirst(tx, rep, exact);
    const found = own ?? (near.length === 1 ? near[0] : undefined);
    if (found === undefined)
      return {
        kind: 'unknown',
        name: asked,
        near: near.length > 0 ? near.map((account) => account.name) : alike,
      };
    const account = { id: found.id, name: found.name };
    const place = { workspaceId, accountId: account.id, engagementId: null };
    const fact = { answer: { kind: 'next' as const, needs: [heard.need] } };
    const isNew = await insertAnswer(tx, { ...place, id: uuid(), key, repId: rep.id, at: now, fact });
    if (isNew)
      await insertNeeds(tx, needRows(scope, [{ ...heard.need, id: uuid() }], { ...place, repId: rep.id }));
    return { kind: 'heard', account };
  });
}
