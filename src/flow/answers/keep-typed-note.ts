import { v7 as uuid } from 'uuid';
import { insertAnswer, readWordsOfMessage } from '../../db/cycle/answer.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import type { SuggestedAccount } from '../show/views.ts';
import type { Client } from './find-account.ts';
import { lockClient } from './lock-client.ts';

export type TypedNote =
  | { kind: 'noted'; account: { id: string; name: string }; text: string }
  | { kind: 'unknown'; near: SuggestedAccount[] };

/**
 * Keeps a note that a rep typed about a client. The same `key` again is the same note. `message`: the one in Slack
 * whose client is told only now, so that it stays one note, and says what it says by now.
 */
export async function keepTypedNote(
  flow: Flow,
  noted: Who & { client: Client; text: string; message?: string | undefined; key: string },
): Promise<TypedNote> {
  const reader = await readerOf(flow, noted);
  const { workspaceId, key, message } = noted;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const found = await lockClient(scope, reader, noted.client);
    if (found.kind === 'unknown') return found;
    const repId = reader.rep.id;
    const words =
      message === undefined ? null : await readWordsOfMessage(tx, workspaceId, { message, repId });
    const text = words ?? noted.text;
    const said = { id: uuid(), key, repId, at: now, fact: { answer: { kind: 'note' as const, text } } };
    const inMessage = words === null ? {} : { message };
    await insertAnswer(tx, { workspaceId, ...found.place, ...said, ...inMessage });
    return { kind: 'noted', account: found.account, text };
  });
}
