import { v7 as uuid } from 'uuid';
import { insertAnswer } from '../../db/cycle/answer.ts';
import { insertNeeds } from '../../db/cycle/need.ts';
import type { HeardNeed } from '../../domain/cycle/need.ts';
import { scheduleNeeds } from '../asking/schedule-needs.ts';
import { wantHomeOf } from '../home/want-homes.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import type { SuggestedAccount } from '../show/views.ts';
import type { Client } from './find-account.ts';
import { needRows } from './heard-needs.ts';
import { lockClient } from './lock-client.ts';

export type HeardAnswer =
  | { kind: 'heard'; account: { id: string; name: string } }
  /** It isn't known who is meant. Nothing was stored. */
  | { kind: 'unknown'; near: SuggestedAccount[] };

/** Keeps a need that a rep heard along the way. The same `key` again is the same need. */
export async function hearNeed(
  flow: Flow,
  heard: Who & { client: Client; need: HeardNeed; key: string },
): Promise<HeardAnswer> {
  const reader = await readerOf(flow, heard);
  const { rep } = reader;
  const { workspaceId, key, client } = heard;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const found = await lockClient(scope, reader, client);
    if (found.kind === 'unknown') return found;
    const place = { workspaceId, ...found.place, engagementId: null };
    const needs = [{ ...heard.need, id: uuid() }];
    const fact = { answer: { kind: 'next' as const, needs } };
    const answerId = uuid();
    const isNew = await insertAnswer(tx, { ...place, id: answerId, key, repId: rep.id, at: now, fact });
    if (isNew) {
      await insertNeeds(tx, needRows(needs, now, { ...place, repId: rep.id, answerId }));
      await scheduleNeeds(scope, [place.accountId]);
      await wantHomeOf(scope, rep.id);
    }
    return { kind: 'heard', account: found.account };
  });
}
