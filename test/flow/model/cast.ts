import type { Playbook } from '../../../src/domain/asking/playbook.ts';
import type { AccountRef, OwnerRef } from '../../../src/domain/cycle/deal-update.ts';
import type { Person } from '../../../src/flow/ports.ts';
import { person } from '../../support/office.ts';

/** Three reps, two of them of one name; the third comes to Slack late. */
export const ANA = person('Ana', { timeZone: 'Europe/Berlin' });
export const BEN = person('Ben', { timeZone: 'America/New_York', realName: 'Ben Smith' });
export const BENNY = person('Benny', { timeZone: 'Australia/Lord_Howe', realName: 'Ben Smith' });
export const REPS: readonly Person[] = [ANA, BEN, BENNY];
/** Who leads some of them, and who runs the workspace. */
export const MIA = person('Mia', { timeZone: 'Europe/Lisbon' });
export const OLGA = person('Olga', { timeZone: 'Asia/Kathmandu', role: 'primary_owner' });
export const EVERYBODY: readonly Person[] = [...REPS, MIA, OLGA];
export const HERE_AT_FIRST: readonly Person[] = EVERYBODY.filter((one) => one !== BENNY);

/** Around the world and back: clocks that change on different days, by an hour, by half an hour, or never. */
export const ZONES = ['Pacific/Auckland', 'America/Los_Angeles', 'Europe/Berlin', 'Australia/Lord_Howe'];

/** Fridays before the clocks change in one of the zones above, and a plain Monday. */
export const STARTS = [
  '2026-10-23T12:00:00Z',
  '2026-10-30T13:00:00Z',
  '2026-03-27T14:00:00Z',
  '2026-09-25T09:00:00Z',
  '2026-11-23T09:00:00Z',
];

/** A Monday, a Wednesday and a Friday after those, on which nobody works. */
export const PLAYBOOK: Partial<Playbook> = { holidays: ['2026-10-26', '2026-11-25', '2026-04-03'] };

/** Five clients. Two bear one name, ids come late, names change and go over to others, some are known by name only. */
export const ACCOUNTS: readonly AccountRef[] = [
  { id: 'A-1', name: 'Acme' },
  { id: 'A-1', name: 'Acme Ltd' },
  { id: 'A-2', name: 'Corner' },
  { id: 'A-2', name: 'Corner Ltd' },
  { id: 'A-3', name: 'corner ' },
  { name: 'Corner' },
  { name: 'Acme' },
  { name: 'Bolt & Co' },
  { id: 'A-4', name: 'Bolt & Co' },
  { name: 'Dune' },
];

/** By e-mail, by name, by both, by a name that two bear, or by one that Slack does not know. */
export const OWNERS: readonly OwnerRef[] = [
  ...EVERYBODY.slice(0, 4).map(({ email }) => ({ email: email ?? '' })),
  { email: 'ben@example.com', name: 'Ben Smith' },
  { email: 'benny@example.com', name: 'Ben Smith' },
  { name: 'Ben Smith' },
  { name: 'Ana Example' },
  { name: 'Zoe Nowhere' },
];
