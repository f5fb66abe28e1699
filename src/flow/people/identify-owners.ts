import { findNewsLike, findWithNews } from '../../db/who/owner.ts';
import { findPeople, keysOfPerson } from '../../db/who/person.ts';
import { type Rep, saveRep } from '../../db/who/rep.ts';
import { nameKey } from '../../domain/who/name.ts';
import { type Flow, type Person, SlackBusyError } from '../ports.ts';
import { runAll } from '../run-all.ts';
import { identifyOwner } from './identify-owner.ts';
import { takePeople } from './take-people.ts';

const OWNERS_AT_ONCE = 100;

/**
 * Decides anew who the owners are of whom there is news: a new one, or one whose e-mail or name somebody else bears
 * now, or no longer. What they own follows. One who fails holds up no other.
 */
export async function identifyOwners(flow: Flow, { workspaceId }: { workspaceId: string }): Promise<void> {
  // Those of whom it cannot be told yet, and those who failed: another run comes to them.
  const failed = new Set<string>();
  const lookUp = lookUpOnce(flow, workspaceId);
  const identify = async (owner: Rep) => {
    failed.add(owner.id);
    await lookUp(owner);
    if (await identifyOwner(flow, workspaceId, owner.id)) failed.delete(owner.id);
  };
  for (;;) {
    const owners = await flow.store.read((tx) => findWithNews(tx, workspaceId, failed, OWNERS_AT_ONCE));
    if (owners.length === 0) return;
    await runAll(owners.map((owner) => () => identify(owner)));
  }
}

/** The same for those only who may be this person. */
export async function identifyOwnersLike(flow: Flow, workspaceId: string, person: Person): Promise<void> {
  const owners = await flow.store.read((tx) => findNewsLike(tx, workspaceId, keysOfPerson(person)));
  for (const owner of owners) await identifyOwner(flow, workspaceId, owner.id);
}

/** Asks Slack for the e-mail of an owner, once; after Slack wanted to be asked later, no more in this run. */
function lookUpOnce(flow: Flow, workspaceId: string): (owner: Rep) => Promise<void> {
  let isBusy = false;
  return async ({ id, email, slackUserId, lookedUpAt }) => {
    if (isBusy || email === null || slackUserId !== null || lookedUpAt !== null) return;
    const keys = { emailKeys: [nameKey(email)], nameKeys: [] };
    const known = await flow.store.read((tx) => findPeople(tx, workspaceId, keys));
    if (known.some(({ active }) => active)) return;
    try {
      const person = await flow.slackOf(workspaceId).personByEmail(email, workspaceId);
      if (person !== null) await takePeople(flow, workspaceId, [person]);
      await flow.store.transaction((tx) => saveRep(tx, workspaceId, id, { lookedUpAt: flow.now() }));
    } catch (error) {
      if (!(error instanceof SlackBusyError)) throw error;
      isBusy = true;
      const startAfter = error.afterSeconds;
      await flow.store.transaction((tx) =>
        flow.store.enqueue(tx, 'identify-owners', { workspaceId }, { startAfter }),
      );
    }
  };
}
