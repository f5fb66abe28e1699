import { readPeople } from '../../db/who/person.ts';
import { findRepBySlackUser, type Rep } from '../../db/who/rep.ts';
import type { Flow, Person } from '../ports.ts';
import { inScope } from '../scope.ts';
import { repOf } from './find-keeper.ts';
import { identifyOwnersLike } from './identify-owners.ts';
import { takePeople } from './take-people.ts';

/** Somebody in a workspace, as Slack names them. */
export interface Who {
  workspaceId: string;
  slackUserId: string;
}

/** Somebody who cannot be a rep: a bot, somebody of another workspace or who has left, or a guest whom no source names by e-mail. */
export class NoRepError extends Error {
  readonly slackUserId: string;
  constructor(slackUserId: string) {
    super(`${slackUserId} is no rep and cannot become one`);
    this.name = 'NoRepError';
    this.slackUserId = slackUserId;
  }
}

/**
 * The rep whom a Slack user is. Somebody new becomes one: the owner whom sources already name, where there is one
 * they can only be, else a rep of their own. One who was taken for gone and speaks is back: Slack may have said so
 * while nobody listened. Throws a NoRepError.
 */
export async function ensureRep(flow: Flow, who: Who): Promise<Rep> {
  const { workspaceId, slackUserId } = who;
  const known = await flow.store.read((tx) => findRepBySlackUser(tx, workspaceId, slackUserId));
  if (known?.active) return known;
  const isKept = await flow.store.read((tx) => readPeople(tx, workspaceId, [slackUserId]));
  const kept = isKept.get(slackUserId);
  const person: Person | null =
    known === null && kept?.active
      ? { ...kept, isGuest: kept.guest }
      : await flow.slackOf(workspaceId).person(slackUserId, workspaceId);
  if (person !== null) await takePeople(flow, workspaceId, [person]);
  if (known !== null) return { ...known, active: person?.active ?? false };
  if (!person?.active) throw new NoRepError(slackUserId);
  return await welcome(flow, workspaceId, person);
}

async function welcome(flow: Flow, workspaceId: string, person: Person): Promise<Rep> {
  const { slackUserId } = person;
  await identifyOwnersLike(flow, workspaceId, person);
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx } = scope;
    const owner = await findRepBySlackUser(tx, workspaceId, slackUserId);
    if (owner !== null) return owner;
    const stored = (await readPeople(tx, workspaceId, [slackUserId])).get(slackUserId);
    if (person.isGuest || stored === undefined) throw new NoRepError(slackUserId);
    return await repOf(scope, stored);
  });
}
