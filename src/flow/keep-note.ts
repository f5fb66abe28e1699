import { v7 as uuid } from 'uuid';
import { insertAnswer } from '../db/answer.ts';
import { findBundleByMessage, findLatestDelivered, readBundlePromptIds } from '../db/bundle.ts';
import { ensureRep, type Who } from './ensure-rep.ts';
import type { Flow } from './ports.ts';
import { type Reading, readPromptViews } from './prompt-view.ts';
import { inScope, type Scope } from './scope.ts';
import type { PromptView } from './views.ts';

/** A free reply in the DM. */
export interface Reply {
  channelId: string;
  /** The message that it replies to, when it stands in a thread. */
  threadTs: string | null;
  text: string;
  /** The event's id: Slack's repeats are one note. */
  key: string;
}

export interface KeptNote {
  kind: 'kept';
  account: string | null;
  /** It was kept before: the same event came again. */
  again: boolean;
}

/**
 * Keeps what a rep wrote (promise 5) with the account it is about: the one whose prompt it replies to, or which it
 * names where the DM held several. `account` is null when that cannot be told; the note is kept all the same.
 */
export async function keepNote(flow: Flow, reply: Who & Reply): Promise<KeptNote> {
  const { workspaceId, key, text } = reply;
  const rep = await ensureRep(flow, reply);
  return await inScope(flow, workspaceId, async (scope) => {
    const about = pick(await readAskedAbout(scope, rep.id, reply), text);
    const isNew = await insertAnswer(scope.tx, {
      ...{ workspaceId, id: uuid(), key, repId: rep.id, at: scope.now, promptId: about?.promptId },
      ...{ accountId: about?.account.id, engagementId: about?.engagement?.id },
      fact: { answer: { kind: 'note', text } },
    });
    return { kind: 'kept', account: about?.account.name ?? null, again: !isNew };
  });
}

async function readAskedAbout(scope: Scope & Reading, repId: string, reply: Reply): Promise<PromptView[]> {
  const { tx, workspaceId } = scope;
  const bundle =
    reply.threadTs === null
      ? await findLatestDelivered(tx, workspaceId, repId)
      : await findBundleByMessage(tx, workspaceId, reply.channelId, reply.threadTs);
  if (bundle === null) return [];
  return await readPromptViews(scope, await readBundlePromptIds(tx, workspaceId, bundle.id));
}

function pick(prompts: readonly PromptView[], text: string): PromptView | undefined {
  const named = prompts.filter((prompt) => text.toLowerCase().includes(prompt.account.name.toLowerCase()));
  const candidates = named.length > 0 ? named : prompts;
  const accounts = new Set(candidates.map((prompt) => prompt.account.id));
  return accounts.size === 1 ? candidates[0] : undefined;
}
