import { expect, it } from 'vitest';
import { goesUpAt } from '../../../src/domain/who/hand-over.ts';

const calendar = {
  timeZone: 'Europe/Lisbon',
  hours: { from: 540, to: 1080 },
  days: [1, 2, 3, 4, 5],
  holidays: new Set(['2026-12-08']),
  promptAt: 540,
};

it.each([
  ['a Monday morning: Wednesday, at the same hour', '2026-11-23T10:00:00Z', '2026-11-25T10:00:00Z'],
  ['a Friday: Tuesday, as nobody works in between', '2026-11-27T15:30:00Z', '2026-12-01T15:30:00Z'],
  ['the eve of a holiday: a day later', '2026-12-07T09:00:00Z', '2026-12-10T09:00:00Z'],
])('goes up, asked on %s', (_, asked, up) => {
  expect(goesUpAt(calendar, new Date(asked))).toEqual(new Date(up));
});
