import type { StandInUser } from '../../src/sandbox/stand-in/types.ts';

/** As many people in Slack as asked for: U0REP1 with rep1@example.com, and so on, all in one zone. */
export function crowd(size: number, tz = 'UTC'): StandInUser[] {
  return Array.from({ length: size }, (_, index) => {
    const name = `rep${index + 1}`;
    const realName = `Rep ${index + 1}`;
    return { id: `U0REP${index + 1}`, name, realName, email: `${name}@example.com`, tz };
  });
}
