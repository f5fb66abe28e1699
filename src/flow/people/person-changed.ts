import { findRepBySlackUser, readReps, saveRep } from '../../db/rep.ts';
import type { Flow, Person } from '../ports.ts';
import { inScope } from '../scope.ts';
import { handOver } from './hand-over.ts';
import { putOffToOwnTime } from './match-reps.ts';

/** Follows what Slack says of somebody: their time zone and name, that they left, that they are back. */
export async function personChanged(
  flow: Flow,
  { workspaceId, person }: { workspaceId: string; person: Person },
): Promise<void> {
  await inScope(flow, workspaceId, async (scope) => {
    const rep = await findRepBySlackUser(scope.tx, workspaceId, person.slackUserId);
    if (rep === null) return;
    const { active, timeZone } = person;
    await saveRep(scope.tx, workspaceId, rep.id, { active, timeZone, name: person.realName || person.name });
    if (active !== rep.active) await handOver(scope, rep.id);
    else if (timeZone !== rep.timeZone) await putOffToOwnTime(scope, rep.id);
  });
}

/** Somebody left: whoever stands in for them is asked from now on. */
export async function deactivateRep(flow: Flow, workspaceId: string, repId: string): Promise<void> {
  await inScope(flow, workspaceId, async (scope) => {
    const rep = (await readReps(scope.tx, workspaceId, [repId])).get(repId);
    if (rep === undefined || !rep.active) return;
    await saveRep(scope.tx, workspaceId, repId, { active: false });
    await handOver(scope, repId);
    flow.log.info({ workspaceId, repId }, 'a rep left; their doors were handed on');
  });
}

/**
 * Slack knows nobody by the id that a rep was matched to: the rep waits to be matched anew, when owners are looked for
 * the next time. Not at once: Slack may go on listing a user whom it does not let us write to.
 */
export async function unlinkRep(flow: Flow, workspaceId: string, repId: string): Promise<void> {
  await flow.store.transaction((tx) =>
    saveRep(tx, workspaceId, repId, { slackUserId: null, dmChannelId: null }),
  );
  flow.log.warn(
    { workspaceId, repId },
    'Slack does not know the user a rep was matched to; an admin should look',
  );
}
