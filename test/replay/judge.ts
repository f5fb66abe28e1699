import { repeated } from '../support/asks.ts';
import type { Close } from './pipeline.ts';
import { isAtWork, type Replayed } from './replay.ts';

/** What became of a rep's closes. */
export interface RepCount {
  name: string;
  timeZone: string;
  closes: number;
  asked: number;
  dms: number;
}

export function countByRep(closes: readonly Close[], { people, dms, asks }: Replayed): RepCount[] {
  return people.map(({ id, realName, tz }) => {
    const theirs = asks.filter(({ channelId }) => channelId === dms.get(id));
    return {
      name: realName,
      timeZone: tz,
      closes: closes.filter(({ owner }) => owner.name === realName).length,
      asked: new Set(theirs.flatMap(({ dealIds }) => dealIds)).size,
      dms: theirs.length,
    };
  });
}

/** What went against the promises: nothing, if all is well. */
export function complaintsAbout(closes: readonly Close[], replayed: Replayed): string[] {
  const { people, dms, asks, errors } = replayed;
  const personOf = new Map(people.map((person) => [dms.get(person.id), person]));
  const complaints = errors.map((error) => `the product logged: ${error}`);
  for (const id of repeated(asks.map(({ bundleId }) => bundleId))) complaints.push(`bundle ${id} came twice`);
  for (const { id, owner, wonAt } of closes) {
    const about = asks.filter(({ dealIds }) => dealIds.includes(id));
    if (about.length !== 1) complaints.push(`${id} was asked about ${about.length} times`);
    for (const { at, channelId } of about) {
      const person = personOf.get(channelId);
      if (person?.realName !== owner.name) complaints.push(`${id} was asked of ${person?.realName}`);
      if (at < wonAt) complaints.push(`${id} was asked about before it was won`);
      if (person !== undefined && !isAtWork(person, at)) {
        complaints.push(
          `${id} was asked about at ${at.toISOString()}, which is no working time in ${person.tz}`,
        );
      }
    }
  }
  return complaints;
}
