import { Temporal } from 'temporal-polyfill';
import type { PlanOfRep } from '../flow/show/show-plan.ts';
import { counted } from './io.ts';
import { aligned } from './table.ts';

/** Weeks that have a column each; what is asked after them is counted together. */
const WEEKS = 4;

const LEGEND = `Nothing was stored. Imported now, into a workspace that knows none of these deals, this is what would be asked,
as long as nothing else happens: so many questions in so many DMs. Questions asked again are not counted.

`;

/** What would be asked of each rep: on the first day, in each of the first weeks (by their Monday), later, and in all. */
export function planTable(plan: readonly PlanOfRep[]): string {
  const days = plan.flatMap((rep) => rep.days.map(({ day }) => day)).sort();
  const [first] = days;
  if (first === undefined) return `${LEGEND}  Nobody would be asked anything.\n`;
  const weeks = Array.from({ length: WEEKS }, (_, at) => mondayOf(first, at));
  const columns: { title: string; holds(day: string): boolean }[] = [
    { title: first, holds: (day) => day === first },
    ...weeks.map((week) => ({ title: `week of ${week}`, holds: (day: string) => mondayOf(day) === week })),
    { title: 'later', holds: (day) => !weeks.includes(mondayOf(day)) },
    { title: 'all', holds: () => true },
  ];
  const line = (name: string, asked: PlanOfRep['days']) => [
    name,
    ...columns.map(({ holds }) => cell(asked.filter(({ day }) => holds(day)))),
  ];
  const heading = ['Rep', ...columns.map(({ title }) => title)];
  const all = plan.flatMap((rep) => rep.days);
  return `${LEGEND}${aligned([heading, ...plan.map((rep) => line(rep.name, rep.days)), line('All', all)])}`;
}

/** "12 in 4": questions, and the DMs that bring them. */
function cell(days: PlanOfRep['days']): string {
  if (days.length === 0) return '–';
  return `${counted(days.reduce((sum, { questions }) => sum + questions, 0))} in ${counted(days.length)}`;
}

/** Of the week that the day is in, or of so many weeks later. */
function mondayOf(day: string, weeksLater = 0): string {
  const date = Temporal.PlainDate.from(day);
  return date.add({ days: 7 * weeksLater - date.dayOfWeek + 1 }).toString();
}
