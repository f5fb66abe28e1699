import type { Office } from '../../support/office.ts';
import { astray } from './astray.ts';
import { tooOften } from './calm-cadence.ts';
import { droppedDates } from './dates-stand.ts';
import { forgottenDates, pushed, shutForGood } from './kept-dates.ts';
import { atBadTimes } from './never-at-a-bad-time.ts';
import { twice } from './never-twice.ts';
import { deadEnds } from './no-dead-end.ts';
import { droppedReturns } from './returns-stand.ts';
import { withoutReason } from './says-why.ts';
import { unheard } from './told.ts';

/** What breaks the promises in an office as it stands now, in words; nothing when all hold. */
export async function breaches(office: Office): Promise<string[]> {
  const found: string[] = [];
  for (const look of [
    deadEnds,
    astray,
    droppedDates,
    droppedReturns,
    forgottenDates,
    pushed,
    shutForGood,
    twice,
    unheard,
    tooOften,
    atBadTimes,
    withoutReason,
  ])
    found.push(...(await look(office)));
  return found;
}
