import { v7 as uuid } from 'uuid';
import {
  addAlias,
  findRepBySlackUser,
  insertMatchedRep,
  type Rep,
  readUnmatchedReps,
  saveRep,
} from '../../db/rep.ts';
import { ownerMatcher, slackAlias } from '../../domain/who/owner.ts';
import type { Flow, Person } from '../ports.ts';
import { inScope } from '../scope.ts';
import { putOffToOwnTime } from './match-reps.ts';
import { personChanged } from './person-changed.ts';

/** Somebody in a workspace, as Slack names them. */
export interface Who {
  workspaceId: string;
  slackUserId: string;
}

/** Somebody who cannot be a rep: a bot, somebody of another workspace, or a guest whom no source names by e-mail. */
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
  const person = await flow.slackOf(workspaceId).person(slackUserId, workspaceId);
  if (known !== null) {
    if (person !== null) await personChanged(flow, { workspaceId, person });
    return { ...known, active: person?.active ?? false };
  }
  if (person === null) throw new NoRepError(slackUserId);
  return await welcome(flow, workspaceId, person);
}

async function welcome(flow: Flow, workspaceId: string, person: Person): Promise<Rep> {
  const { slackUserId, timeZone, email } = person;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const unmatched = await readUnmatchedReps(tx, workspaceId);
    const match = ownerMatcher([person]);
    const owner = unmatched.find((rep) => match(rep) !== null);
    if (owner === undefined && person.isGuest) throw new NoRepError(slackUserId);
    if (owner === undefined) {
      const name = person.realName || person.name;
      await insertMatchedRep(tx, {
        workspaceId,
        id: uuid(),
        name,
        email,
        slackUserId,
        timeZone,
        createdAt: now,
      });
    } else {
      await saveRep(tx, workspaceId, owner.id, { slackUserId, timeZone, email });
      await putOffToOwnTime(scope, owner.id);
    }
    const rep = await findRepBySlackUser(tx, workspaceId, slackUserId);
    if (rep === null) throw new Error(`the rep ${slackUserId} was not stored`);
    await addAlias(tx, workspaceId, slackAlias(slackUserId), rep.id);
    if (email !== null) await addAlias(tx, workspaceId, `email:${email.toLowerCase()}`, rep.id);
    return rep;
  });
}
