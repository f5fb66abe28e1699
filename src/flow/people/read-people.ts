import { markAllNews } from '../../db/who/owner.ts';
import { findUnread, readPeople, readReading, saveReading } from '../../db/who/person.ts';
import { type Flow, type Person, SlackBusyError } from '../ports.ts';
import { takePeople } from './take-people.ts';

const READ_AGAIN_AFTER_MS = 24 * 3_600_000;
/** A reading that began so long ago and is not at its end has lost its job. */
const STRANDED_AFTER_MS = 30 * 60_000;

/** Whether all people of a workspace are to be read: each day, and when a reading got lost. */
export async function isReadingDue(flow: Flow, workspaceId: string): Promise<boolean> {
  const now = flow.now().getTime();
  const { readAt, since } = await flow.store.read((tx) => readReading(tx, workspaceId));
  if (since !== null) return now - since.getTime() > STRANDED_AFTER_MS;
  return readAt === null || now - readAt.getTime() > READ_AGAIN_AFTER_MS;
}

/**
 * Reads everybody in the workspace, page by page, and goes on where it was when Slack has to be asked later or the
 * process died. Whoever is no longer among them has left.
 */
export async function readAllPeople(flow: Flow, { workspaceId }: { workspaceId: string }): Promise<void> {
  const slack = flow.slackOf(workspaceId);
  const { cursor, since: begun } = await flow.store.read((tx) => readReading(tx, workspaceId));
  const since = begun ?? flow.now();
  await flow.store.transaction((tx) => saveReading(tx, workspaceId, { since }));
  for (let at = cursor; ; ) {
    const page = await slack.people(workspaceId, at).catch((error: unknown) => {
      if (error instanceof SlackBusyError) return error;
      throw error;
    });
    if (page instanceof SlackBusyError) return await goOnLater(flow, workspaceId, page.afterSeconds);
    await takePeople(flow, workspaceId, page.people);
    if (page.nextCursor === null) break;
    at = page.nextCursor;
    await flow.store.transaction((tx) => saveReading(tx, workspaceId, { cursor: page.nextCursor }));
  }
  await finish(flow, workspaceId, since);
}

async function goOnLater(flow: Flow, workspaceId: string, startAfter: number): Promise<void> {
  await flow.store.transaction((tx) =>
    flow.store.enqueue(tx, 'read-people', { workspaceId }, { startAfter }),
  );
}

async function finish(flow: Flow, workspaceId: string, since: Date): Promise<void> {
  const gone = await flow.store.read((tx) => findUnread(tx, workspaceId, since));
  await takePeople(
    flow,
    workspaceId,
    gone.map(({ guest, ...person }): Person => ({ ...person, isGuest: guest, active: false })),
  );
  await flow.store.transaction(async (tx) => {
    const { readAt } = await readReading(tx, workspaceId);
    if (readAt === null) await markAllNews(tx, workspaceId);
    await saveReading(tx, workspaceId, { readAt: flow.now(), cursor: null, since: null });
    await flow.store.enqueue(tx, 'identify-owners', { workspaceId });
  });
  await nameUnknownAdmins(flow, workspaceId);
}

/** A mistyped id would leave it to Slack's own admins in silence. */
async function nameUnknownAdmins(flow: Flow, workspaceId: string): Promise<void> {
  const admins = flow.admins ?? [];
  const known = await flow.store.read((tx) => readPeople(tx, workspaceId, admins));
  const unknown = admins.filter((id) => known.get(id)?.active !== true);
  if (unknown.length > 0)
    flow.log.warn({ workspaceId, unknown }, 'ADMIN_USERS names people who are not here');
}
