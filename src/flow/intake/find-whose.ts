import type { Standing } from '../../domain/cycle/engagement.ts';
import { unique } from '../asking/schedule-prompts.ts';
import { findOwners, type Owner, type Scope } from '../scope.ts';

/** Whose an engagement is. `givenId` is whose it is by its source, or by what it began with. */
export interface Whose {
  owner: Owner;
  /** Whose it would be, had nobody taken it on; null where nobody did. */
  handedFromId: string | null;
}

/** For each engagement whose it is now: whoever took it on, else the one whom its source names. */
export async function findWhose(
  scope: Scope,
  all: readonly { givenId: string; standing: Pick<Standing, 'takenOnBy'> }[],
): Promise<Whose[]> {
  const ids = all.flatMap(({ givenId, standing }) => [givenId, standing.takenOnBy ?? []].flat());
  const owners = await findOwners(scope, unique(ids));
  return all.map(({ givenId, standing: { takenOnBy } }) => {
    const given = owners.get(givenId);
    const taker = takenOnBy === null ? undefined : owners.get(takenOnBy);
    if (given === undefined) throw new Error(`${givenId} owns a deal and is no rep`);
    return taker === undefined
      ? { owner: given, handedFromId: null }
      : { owner: taker, handedFromId: given.personId };
  });
}

/** Whom an engagement's source names, whoever took it on. */
export function givenOwnerOf({
  handedFromId,
  namedOwnerId,
}: {
  handedFromId: string | null;
  namedOwnerId: string;
}): string {
  return handedFromId ?? namedOwnerId;
}
