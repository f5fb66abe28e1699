import { describe, expect, it } from 'vitest';
import { isAway, unusable } from '../../../src/db/connect/availability.ts';

const coded = (code: string, message = 'no') => Object.assign(new Error(message), { code });

describe('a database', () => {
  it.each([
    ...['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'CONNECT_TIMEOUT', 'CONNECTION_CLOSED'],
    ...['57P03', '57P01', '53300', '08006', '57014'],
  ])('that answers %s is away', (code) => {
    expect(isAway(coded(code))).toBe(true);
    expect(isAway(new Error('Failed query', { cause: coded(code) }))).toBe(true);
  });

  it.each(['pgbouncer cannot connect to server', 'server conn crashed?', 'query_wait_timeout'])(
    'that PgBouncer cannot reach for now (%s) is away',
    (message) => expect(isAway(coded('08P01', message))).toBe(true),
  );

  it('that ends a connection without a code is away', () => {
    expect(isAway(new Error('Connection terminated unexpectedly'))).toBe(true);
  });

  it.each(['28P01', '28000', '3D000', '42P07', '42501', '08P01'])('that answers %s will not do', (code) => {
    const error = new Error('Failed query', { cause: coded(code, 'not you') });
    expect(isAway(error)).toBe(false);
    expect(unusable(error)).toMatchObject({ message: 'the database cannot be used: not you' });
  });

  it('is not blamed for a mistake in the program', () => {
    const mistake = new TypeError('x is not a function');
    expect(isAway(mistake)).toBe(false);
    expect(unusable(mistake)).toBe(mistake);
  });
});
