import type { StandInChannel, StandInUser } from './stand-in/types.ts';

/** A small sales team. Ana, Ben and Chloe own deals; Dana leads them. */
export const PEOPLE: StandInUser[] = [
  { id: 'U0ANA', name: 'ana', realName: 'Ana Lima', email: 'ana@example.com', tz: 'Europe/Lisbon' },
  { id: 'U0BEN', name: 'ben', realName: 'Ben Okafor', email: 'ben@example.com', tz: 'Europe/Lisbon' },
  { id: 'U0CHLOE', name: 'chloe', realName: 'Chloe Martin', email: 'chloe@example.com', tz: 'Europe/Lisbon' },
  {
    id: 'U0DANA',
    name: 'dana',
    realName: 'Dana Reyes',
    email: 'dana@example.com',
    tz: 'Europe/Lisbon',
    isAdmin: true,
  },
];

export const ROLES = { U0ANA: 'rep', U0BEN: 'rep', U0CHLOE: 'rep', U0DANA: 'manager' };

export const CHANNELS: StandInChannel[] = [
  { id: 'C0SALES', name: 'sales', members: PEOPLE.map((person) => person.id), botIsMember: true },
];
