import { v7 as uuid } from 'uuid';
import { findBundleByMessage, findLatestDelivered, readBundlePromptIds } from '../../db/asking/bundle.ts';
import { readDoors } from '../../db/board.ts';
import { findAnswerOfMessage, insertAnswer, type StoredAnswer } from '../../db/cycle/answer.ts';
import { type Engagement, lockEngagement } from '../../db/cycle/engagement.ts';
import { lockAccounts, lockPlace, readAccounts } from '../../db/who/account.ts';
import { nameKey } from '../../domain/who/name.ts';
import { schedulePrompts } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import { type Reading, readPromptViews } from '../show/prompt-view.ts';
import type { PromptView } from '../show/views.ts';
import { addUp } from './answer-engagement.ts';

/** A free reply in the DM. */
export interface Reply {
  channelId: string;
  /** The message itself. Written anew it is the same note: what was written last is what the note says. */
  ts: string;
  /** The message that it replies to, when it stands in a thread. */
  threadTs: string | null;
  text: string;
  /** When these words were written, by Slack's clock. */
  writtenAt: Date;
  /** The same however often Slack tells these words of this message. */
  key: string;
}

export interface KeptNote {
  kind: 'kept';
  account: string | null;
  /** It was kept before: the same event came again. */
  again: boolean;
  /** Other words of the same message were kept before. */
  isEdit: boolean;
  /** The message, by which a note whose client is told later is that same note. */
  message: string;
}

type About = Pick<PromptView, 'promptId' | 'account'> & { engagement: { id: string } | null };

type Subject = Pick<StoredAnswer, 'promptId' | 'accountId' | 'namedAccountId' | 'engagementId'>;

/** Where a note is kept: with an engagement, or with an account. */
interface NotePlace {
  accountId: string;
  namedAccountId?: string;
  engagement?: Engagement;
}

const DOORS_AT_MOST = 1_000;

/**
 * Keeps what a rep wrote (promise 5) with the account it is about: the one of the rep's that it names, else the one
 * that the message was kept with before it was edited, else the one whose prompt it replies to. `account` is null
 * when that cannot be told; the note is kept all the same.
 */
export async function keepNote(flow: Flow, reply: Who & Reply): Promise<KeptNote> {
  const { workspaceId, channelId, ts, writtenAt, text, key } = reply;
  const rep = await ensureRep(flow, reply);
  const message = `${channelId}:${ts}`;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const before = await findAnswerOfMessage(tx, workspaceId, message);
    const named = pick(await readNamed(scope, rep.id, text));
    const about = named
      ? subjectOf(named)
      : (before ?? subjectOf(pick(await readAskedAbout(scope, rep.id, reply))));
    const place = await lockPlaceOf(scope, about);
    const isNew = await insertAnswer(tx, {
      ...{ workspaceId, id: uuid(), key, message },
      ...{ repId: rep.id, at: writtenAt < now ? writtenAt : now, promptId: about.promptId },
      ...placeOfNote(place),
      fact: { answer: { kind: 'note', text } },
    });
    if (isNew && place?.engagement !== undefined) await moveOn(scope, place.engagement);
    const accountId = place?.accountId ?? '';
    const accounts = await readAccounts(tx, workspaceId, place === null ? [] : [accountId]);
    const account = accounts.get(accountId)?.name ?? null;
    return { kind: 'kept', account, again: !isNew, isEdit: before !== null, message };
  });
}

function subjectOf(about: About | undefined): Subject {
  return {
    promptId: about?.promptId ?? null,
    accountId: about?.account.id ?? null,
    namedAccountId: null,
    engagementId: about?.engagement?.id ?? null,
  };
}

/** Somebody's word on a deal that is not won yet moves it: nobody is asked about it for a while. */
async function moveOn(scope: Scope, engagement: Engagement): Promise<void> {
  await lockAccounts(scope.tx, scope.workspaceId, [engagement.accountId]);
  await schedulePrompts(scope, [await addUp(scope, engagement)]);
  await scheduleReturns(scope, [engagement.accountId]);
}

/** Held until the note is stored: from then on it follows its engagement, or else the account. */
async function lockPlaceOf(
  { tx, workspaceId }: Scope,
  { accountId, namedAccountId, engagementId }: Subject,
): Promise<NotePlace | null> {
  const engagement = engagementId === null ? null : await lockEngagement(tx, workspaceId, engagementId);
  if (engagement !== null) return { accountId: engagement.accountId, engagement };
  const said = namedAccountId ?? accountId;
  return said === null ? null : await lockPlace(tx, workspaceId, said);
}

function placeOfNote(place: NotePlace | null) {
  if (place === null) return {};
  const { accountId, namedAccountId, engagement } = place;
  return { accountId, namedAccountId, engagementId: engagement?.id };
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

/** The rep's doors whose account is named. */
async function readNamed({ tx, workspaceId }: Scope, repId: string, text: string): Promise<About[]> {
  const doors = await readDoors(tx, workspaceId, { repId, limit: DOORS_AT_MOST });
  const words = ` ${wordsOf(text)} `;
  return doors.filter((door) => words.includes(` ${wordsOf(door.account.name)} `));
}

/** The only account that it can be about. */
function pick(about: readonly About[]): About | undefined {
  const accounts = new Set(about.map(({ account }) => account.id));
  return accounts.size === 1 ? about[0] : undefined;
}

function wordsOf(text: string): string {
  return nameKey(text.replace(/[^\p{L}\p{N}]+/gu, ' '));
}
