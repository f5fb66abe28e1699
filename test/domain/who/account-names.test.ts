import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentName, joinsOf } from '../../../src/domain/who/account-names.ts';

const names = ['corner', 'bolt', 'acme'] as const;

/** Accounts with ids under a few names, and at most one known by name only for each. */
const anyAccounts = () =>
  fc
    .tuple(fc.array(fc.constantFrom(...names), { maxLength: 6 }), fc.subarray([...names]))
    .map(([borne, alone]) => [
      ...borne.map((nameKey, index) => ({ id: `row-${index}`, externalId: `A-${index}`, nameKey })),
      ...alone.map((nameKey) => ({ id: `name-${nameKey}`, externalId: null, nameKey })),
    ]);

describe('a name that is all that is known of an account', () => {
  it('leads to the one account with an id that bears it, and stands alone when none does or several do', () => {
    fc.assert(
      fc.property(anyAccounts(), (accounts) => {
        const joins = joinsOf(accounts);
        expect([...joins.keys()]).toEqual(
          accounts.filter(({ externalId }) => externalId === null).map(({ id }) => id),
        );
        for (const [id, joined] of joins) {
          const { nameKey } = accounts.find((account) => account.id === id)!;
          const bearers = accounts.filter((one) => one.nameKey === nameKey && one.externalId !== null);
          expect(joined).toBe(bearers.length === 1 ? bearers[0]!.id : null);
        }
      }),
    );
  });

  it('leads there whatever the order in which the accounts came', () => {
    const shuffled = anyAccounts().chain((accounts) =>
      fc.tuple(fc.constant(accounts), fc.shuffledSubarray(accounts, { minLength: accounts.length })),
    );
    fc.assert(
      fc.property(shuffled, ([accounts, again]) => {
        expect(joinsOf(again)).toEqual(joinsOf(accounts));
      }),
    );
  });
});

it('is called by the name given last, whatever the order in which names came in', () => {
  const given = fc.record({
    name: fc.constantFrom('Corner', 'Corner Ltd', 'Bolt'),
    at: fc.date({ noInvalidDate: true }),
  });
  const shuffled = fc
    .array(given, { minLength: 1, maxLength: 6 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(shuffled, ([all, again]) => {
      const current = currentName(all[0]!, all.slice(1));
      expect(currentName(again[0]!, again.slice(1))).toEqual(current);
      expect(Math.max(...all.map(({ at }) => at.getTime()))).toBe(current.at.getTime());
    }),
  );
});
