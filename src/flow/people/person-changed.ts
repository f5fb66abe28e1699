import { markNews } from '../../db/who/owner.ts';
import { keysOfPerson, markGone, readPeople } from '../../db/who/person.ts';
import { changeRep, type Rep, readReps } from '../../db/who/rep.ts';
import type { Flow, Person } from '../ports.ts';
import { inScope } from '../scope.ts';
import { passOn } from './pass-on.ts';
import { takePeople } from './take-people.ts';

/** Follows what Slack says of somebody: who they are, their time zone, that they left, that they are back. */
export async function personChanged(
  flow: Flow,
  { workspaceId, person }: { workspaceId: string; person: Person },
): Promise<void> {
  await takePeople(flow, workspaceId, [person]);
}

/** Somebody left: whoever stands in for them is asked from now on. */
export async function deactivateRep(flow: Flow, workspaceId: string, repId: string): Promise<void> {
  if (await letGo(flow, workspaceId, repId, { active: false }))
    flow.log.info({ workspaceId, repId }, 'a rep left; what they were asked goes up the line');
}

/**
 * Slack knows nobody by the id that a rep was matched to: whoever stands in is asked until they are matched anew, at
 * the next reading of all people. Not at once: Slack may go on listing a user whom it does not let us write to.
 */
export async function unlinkRep(flow: Flow, workspaceId: string, repId: string): Promise<void> {
  const unmatched = { slackUserId: null, dmChannelId: null, identifiedAt: flow.now() };
  if (await letGo(flow, workspaceId, repId, unmatched))
    flow.log.warn(
      { workspaceId, repId },
      'Slack does not know the user a rep was matched to; an admin should look',
    );
}

async function letGo(flow: Flow, workspaceId: string, repId: string, change: Partial<Rep>): Promise<boolean> {
  const rep = (await flow.store.read((tx) => readReps(tx, workspaceId, [repId]))).get(repId);
  if (!rep?.active || rep.slackUserId === null) return false;
  const { slackUserId } = rep;
  await flow.store.transaction((tx) => changeRep(tx, workspaceId, repId, change));
  await inScope(flow, workspaceId, async (scope) => {
    const { tx, store } = scope;
    await passOn(scope, [repId]);
    const person = (await readPeople(tx, workspaceId, [slackUserId])).get(slackUserId);
    await markGone(tx, workspaceId, slackUserId);
    const news = person === undefined ? 0 : await markNews(tx, workspaceId, keysOfPerson(person));
    if (news > 0) await store.enqueue(tx, 'identify-owners', { workspaceId });
  });
  return true;
}
