import { expect, it } from 'vitest';
import { calendarOf, DEFAULT_PLAYBOOK } from '../../src/domain/asking/playbook.ts';
import { SandboxClock } from '../../src/sandbox/clock.ts';

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
