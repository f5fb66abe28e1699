import { v7 as uuid } from 'uuid';
import { insertAnswer } from '../../db/cycle/answer.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import type { SuggestedAccount } from '../show/views.ts';
import type { Client } from './find-account.ts';
import { lockClient } from './lock-client.ts';

export type TypedNote =
  | { kind: 'noted'; account: { id: string; name: string } }
  | { kind: 'unknown'; near: SuggestedAccount[] };

/** Keeps a note that a rep typed about a client. The same `key` again is the same note. */
export async function keepTypedNote(
  flow: Flow,
  noted: Who & { client: Client; text: string; key: string },
): Promise<TypedNote> {
  const reader = await readerOf(flow, noted);
  const { workspaceId, key, text } = noted;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const found = await lockClient(scope, reader, noted.client);
    if (found.kind === 'unknown') return found;
    const fact = { answer: { kind: 'note' as const, text } };
    const said = { id: uuid(), key, repId: reader.rep.id, at: now, fact };
    await insertAnswer(tx, { workspaceId, ...found.place, ...said });
    return { kind: 'noted', account: found.account };
  });
}
