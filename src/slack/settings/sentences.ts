import type { TimeOff } from '../../domain/asking/workday.ts';
import type { OwnTimeView } from '../../flow/away/show-own-time.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { addDays, day, facts, type Message, plain, said, section } from '../kit/text.ts';

/** What a rep reads in their settings. */
export const SAYS = {
  title: 'Settings',
  hoursTitle: 'Your hours',
  promptAt: "When do your day's questions come?",
  hoursFrom: 'From when do you work?',
  hoursTo: 'Until when?',
  days: 'On which days?',
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  hoursUpsideDown: 'That is not after the start. Until when do you work?',
  notInHours: 'That is not within your hours. When do the questions come?',
  noDays: 'Pick one day at least.',
  holidaysTitle: 'Public holidays',
  country: 'Whose public holidays are yours?',
  region: 'Which part of it?',
  regionHint: 'Some have holidays of their own.',
  noCountry: 'No country of mine',
  unknownPlace: "I don't know the holidays there. Whose are yours?",
  noHolidays: 'None: I work on public holidays',
  byZone: (timeZone: string) => `By my time zone (${timeZone.replaceAll('_', ' ')})`,
  daysOffTitle: 'Days off',
  firstDayOff: 'The first day off',
  lastDayOff: 'The last day off',
  oneDayOff: 'Leave it empty for one day.',
  removeDaysOff: 'Take it back',
  dayPassed: 'That day has passed. Pick today or later.',
  dayTooFar: 'That is more than a year ahead. Pick a day within a year.',
  lastBeforeFirst: 'That is before the first one. Which is the last day?',
  peopleTitle: 'Your colleagues',
  valueTalks: 'Who talks about the value with your clients?',
  valueTalksHint:
    'If somebody takes over after the order, I ask them what was promised and whether the client sees it.',
  manager: 'Who leads you?',
  managerHint: 'They look after your clients if you leave.',
  notReachable: "I can't reach them here, or it is you. Pick somebody else, or nobody.",
  peopleNote: 'Both are free to leave empty.',
};

/** `/whatsnext settings`: the settings open from a button, for a form may take Slack a moment too long. */
export function settingsButtonMessage(): Message {
  const text = 'Your hours, days off, public holidays, and who talks about the value with your clients:';
  const button = {
    type: 'button' as const,
    action_id: ACTION.openSettings,
    text: plain('Open settings…', BUTTON_TEXT),
  };
  return { text, blocks: [section(text, button)] };
}

/** Each part of the settings on one line or two. */
export const PARTS: Record<'hours' | 'holidays' | 'daysOff' | 'people', (own: OwnTimeView) => string> = {
  hours: ({ promptAt, hours, days }) =>
    `*Your day's questions* come at ${clock(promptAt)}\n${facts(`You work ${clock(hours.from)}–${clock(hours.to)}`, daysIn(days))}`,
  holidays: ({ holidays, timeZone }) => `*Public holidays*\n${holidaysIn(holidays, timeZone)}`,
  daysOff: ({ daysOff, today }) =>
    `*Days off of your own*\n${
      daysOff
        .map((off) => daysOffIn(off, today))
        .slice(0, 5)
        .join(', ') || 'None yet'
    }`,
  people: ({ valueTalks, manager }) =>
    `*Your colleagues*\n${facts(
      valueTalks === null ? 'You talk about the value yourself' : `Value talks go to <@${valueTalks}>`,
      manager === null ? 'Nobody leads you that I know of' : `<@${manager}> leads you`,
    )}`,
};

export function awayLine({ away, today }: Pick<OwnTimeView, 'away' | 'today'>): string {
  if (away === null) return "*Away*\nYou're here";
  const spell = away.from <= today ? '' : `from ${day(away.from, today)} `;
  const who = away.delegate === null ? 'everything waits' : `<@${away.delegate}> looks after what can't wait`;
  return `*Away*\n${spell}until ${day(away.until, today)}; ${who}`;
}

export function daysOffIn({ from, until }: TimeOff, today: string): string {
  const last = addDays(until, -1);
  return last === from ? day(from, today) : `${day(from, today)} to ${day(last, today)}`;
}

/** Whose holidays hold, in words; where nobody has said, that is asked. */
export function holidaysIn({ place, isUnknown }: OwnTimeView['holidays'], timeZone: string): string {
  if (place !== null) return `Those of ${said(placeName(place), 80)}`;
  return isUnknown
    ? `I can't tell your country from your time zone (${said(timeZone.replaceAll('_', ' '), 60)}). Which one is it?`
    : 'None';
}

function placeName(place: string): string {
  const [country = '', region] = place.split('-');
  return region === undefined ? countryName(country) : `${countryName(country)} (${region})`;
}

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

function daysIn(days: readonly number[]): string {
  const named = days.map((number) => (SAYS.weekdays[number - 1] ?? '').slice(0, 3));
  const isRow =
    days.length > 2 && days.every((number, index) => index === 0 || number === (days[index - 1] ?? 0) + 1);
  return isRow ? `${named[0]} to ${named.at(-1)}` : named.join(', ');
}
