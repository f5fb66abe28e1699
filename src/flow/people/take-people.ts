import { markNews } from '../../db/who/owner.ts';
import { keysOfPerson, readPeople, type StoredPerson, savePeople } from '../../db/who/person.ts';
import { changeRep, type Rep, readRepsOfSlackUsers, saveRep } from '../../db/who/rep.ts';
import { reschedulePrompts } from '../asking/reschedule-prompts.ts';
import type { Flow, Person } from '../ports.ts';
import { inScope } from '../scope.ts';
import { shownName } from './find-keeper.ts';
import { passOn } from './pass-on.ts';

/**
 * Keeps what Slack says of people now, and follows it: a time zone, a name, that they left, that they are back, and
 * which owners of deals they may be.
 */
export async function takePeople(flow: Flow, workspaceId: string, told: readonly Person[]): Promise<void> {
  const reps = await inScope(flow, workspaceId, async ({ tx, now }) => {
    const ids = told.map(({ slackUserId }) => slackUserId);
    const before = await readPeople(tx, workspaceId, ids);
    await savePeople(tx, workspaceId, told, now);
    const changed = told.flatMap((person) => {
      const known = before.get(person.slackUserId);
      if (known === undefined) return [person];
      return isSomebodyElse(known, person) ? [known, person] : [];
    });
    const keys = changed.map(keysOfPerson);
    const emailKeys = keys.flatMap((key) => key.emailKeys);
    const nameKeys = keys.flatMap((key) => key.nameKeys);
    const news = await markNews(tx, workspaceId, { emailKeys, nameKeys });
    if (news > 0) await flow.store.enqueue(tx, 'identify-owners', { workspaceId });
    return await readRepsOfSlackUsers(tx, workspaceId, ids);
  });
  for (const person of told) {
    const rep = reps.get(person.slackUserId);
    if (rep !== undefined) await followPerson(flow, rep, person);
  }
}

/** What may change whom an owner of deals is. */
function isSomebodyElse(before: StoredPerson, now: Person): boolean {
  return (
    before.active !== now.active ||
    before.guest !== (now.isGuest ?? false) ||
    before.email !== now.email ||
    before.realName !== now.realName ||
    before.displayName !== now.displayName
  );
}

/** In two steps: what others stored of the rep before the first is there to be handed over in the second. */
async function followPerson(flow: Flow, rep: Rep, person: Person): Promise<void> {
  const { workspaceId, id } = rep;
  const { active, timeZone } = person;
  const locale = person.locale ?? rep.locale;
  const name = shownName(person);
  const isKnown = timeZone === rep.timeZone && name === rep.name && locale === rep.locale;
  if (active === rep.active && isKnown) return;
  await flow.store.transaction(async (tx) => {
    if (active === rep.active) await saveRep(tx, workspaceId, id, { timeZone, name, locale });
    else await changeRep(tx, workspaceId, id, { active, timeZone, name, locale });
  });
  await inScope(flow, workspaceId, async (scope) => {
    if (active !== rep.active) await passOn(scope, [id]);
    else if (timeZone !== rep.timeZone) await reschedulePrompts(scope, id);
  });
}
