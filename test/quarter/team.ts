import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';
import type { Person } from '../../src/flow/ports.ts';
import { person } from '../support/office.ts';
import { KINDS, type Kind } from './habits.ts';

const ZONES = ['America/New_York', 'America/Chicago', 'America/Los_Angeles'] as const;

/** Days on which nobody works in the United States in the autumn of 2017. */
export const HOLIDAYS = ['2017-09-04', '2017-10-09', '2017-11-10', '2017-11-23'];

/** What happens in a quarter, whatever the product does. */
export interface Quarter {
  agents: readonly string[];
  history: readonly DealUpdate[];
  news: readonly DealUpdate[];
  begin: Date;
  end: Date;
}

/** A rep of the quarter. */
export interface Actor extends Person {
  kind: Kind;
}

/** Of all kinds, and in all zones, there are as many as may be. */
export function toActor(realName: string, index: number): Actor {
  const name = realName.replace(/\W+/g, '');
  const timeZone = ZONES[index % ZONES.length] ?? ZONES[0];
  const kind = KINDS[index % KINDS.length] ?? 'busy';
  return { ...person(name, { realName, displayName: realName, timeZone }), kind };
}
