import type { Rep } from '../../db/who/rep.ts';
import { holidaysOf, type Playbook } from '../../domain/asking/playbook.ts';
import { countryOf } from '../../domain/asking/zone-country.ts';
import type { HolidaysView } from './views.ts';

/** Whose public holidays hold for a rep, and whether that is known. */
export function holidaysViewOf(playbook: Playbook, rep: Rep): HolidaysView {
  const isChosen = rep.holidaysIn !== null || playbook.holidaysIn !== null;
  const isUnknown = !isChosen && countryOf(rep.timeZone ?? playbook.timeZone) === null;
  return { chosen: rep.holidaysIn, place: holidaysOf(playbook, rep), isUnknown };
}
