import { dateText, wallAt } from '../../domain/asking/workday-oracle.ts';
import type { Office } from '../../support/office.ts';

/** Somebody said at `setAt` that they are away from one local date until another; over once they say that too. */
export interface Spell {
  slackUserId: string;
  from: string;
  until: string;
  setAt: Date;
  endedAt: Date | null;
}

/** Promise 4: nobody is written to on a day on which they said that they are away. */
export function whileAway({ slack, flow }: Office, spells: readonly Spell[]): string[] {
  return slack.ledger.flatMap(({ slackUserId, at, timeZone }) => {
    const day = dateText(wallAt(timeZone ?? flow.defaults.timeZone, at.getTime()));
    return spells
      .filter((spell) => spell.slackUserId === slackUserId && spell.from <= day && day < spell.until)
      .filter(({ setAt, endedAt }) => setAt < at && (endedAt === null || at < endedAt))
      .map(({ from, until }) => `${slackUserId} was written to on ${day}, away from ${from} until ${until}`);
  });
}
