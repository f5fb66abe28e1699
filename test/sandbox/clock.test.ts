import { expect, it } from 'vitest';
import { calendarOf, DEFAULT_PLAYBOOK } from '../../src/domain/asking/playbook.ts';
import { SandboxClock } from '../../src/sandbox/clock.ts';
import type { ClockMove } from '../../src/sandbox/page/wire.ts';

const calendar = calendarOf(DEFAULT_PLAYBOOK, { timeZone: 'Europe/Lisbon', promptAt: null });
const startedAt = (start: string) => new SandboxClock(calendar, new Date(start)).now().toISOString();

it.each([
  ['a working day', '2026-11-23T10:00:00Z', '2026-11-23T10:00'],
  ['a Saturday night', '2026-11-28T23:58:00Z', '2026-11-30T09:00'],
  ['the night before summer time begins', '2026-03-29T00:59:00Z', '2026-03-30T08:00'],
  ['the last minute of a year', '2026-12-31T23:59:00Z', '2027-01-01T09:00'],
  ['a leap day', '2028-02-29T10:00:00Z', '2028-02-29T10:00'],
])('the sandbox, started on %s (%s), begins in working time: %s', (_, start, begun) => {
  expect(startedAt(start).slice(0, 16)).toBe(begun);
});

const stops = (to: ClockMove, start: string) =>
  new SandboxClock(calendar, new Date(start)).stops(to).map((at) => at.toISOString().slice(0, 16));

it('a week passes by way of each half hour of each day, and ends on the morning of the same weekday', () => {
  const passed = stops('week', '2026-11-23T09:01:00Z');
  expect(passed.at(-1)).toBe('2026-11-30T09:01');
  // Who has their questions at half past nine has them on their own day.
  for (const day of [23, 24, 25, 26, 27]) expect(passed).toContain(`2026-11-${day}T09:31`);
  expect(passed).toEqual([...passed].sort());
});

it('a morning passes by way of the rest of the day before it', () => {
  const passed = stops('morning', '2026-11-27T16:10:00Z');
  expect(passed[0]).toBe('2026-11-27T16:31');
  expect(passed.at(-1)).toBe('2026-11-30T09:01');
});
