import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Heirable,
  heirOf,
  type KnownPerson,
  ownerAliases,
  ownerMatcher,
  ownerName,
} from '../../../src/domain/who/owner.ts';

const person = (slackUserId: string, change: Partial<KnownPerson> = {}): KnownPerson => {
  return { slackUserId, realName: 'Ana Silva', displayName: 'ana', email: null, active: true, ...change };
};

describe('whom an owner of deals is in Slack', () => {
  it('is told by e-mail, whatever its case and whatever the names', () => {
    const people = [person('U1', { email: 'Ana@Example.com', realName: 'A. S.' }), person('U2')];
    expect(ownerMatcher(people)({ name: 'Ana Silva', email: 'ana@example.COM' })?.slackUserId).toBe('U1');
  });

  it.each(['ana silva', '  Ana   SILVA ', 'ANA'])('is told by the name %j, real or displayed', (name) => {
    const people = [person('U1'), person('U2', { realName: 'Ben', displayName: 'ben' })];
    expect(ownerMatcher(people)({ name, email: null })?.slackUserId).toBe('U1');
  });

  it('is a guest only when the e-mail says so: guests may be clients', () => {
    const guest = person('U1', { email: 'ana@partner.example', isGuest: true });
    expect(ownerMatcher([guest])({ name: 'Ana Silva', email: null })).toBeNull();
    expect(ownerMatcher([guest, person('U2')])({ name: 'Ana Silva', email: null })?.slackUserId).toBe('U2');
    expect(ownerMatcher([guest])({ name: 'Ana', email: 'ana@partner.example' })?.slackUserId).toBe('U1');
  });

  it('falls back to the name when nobody has the e-mail', () => {
    expect(ownerMatcher([person('U1')])({ name: 'Ana Silva', email: 'ana@old.example' })?.slackUserId).toBe(
      'U1',
    );
  });

  it('is nobody when two could be meant, or when they left', () => {
    expect(ownerMatcher([person('U1'), person('U2')])({ name: 'Ana Silva', email: null })).toBeNull();
    const twins = [person('U1', { email: 'a@x.io' }), person('U2', { email: 'a@x.io' })];
    expect(ownerMatcher(twins)({ name: 'Zoe', email: 'a@x.io' })).toBeNull();
    expect(ownerMatcher([person('U1', { active: false })])({ name: 'Ana Silva', email: null })).toBeNull();
  });
});

describe('how an owner is looked up', () => {
  it('is by Slack id, else by e-mail and then by name, folded', () => {
    expect(ownerAliases({ slackUserId: 'U1', email: 'a@x.io' })).toEqual(['slack:U1']);
    expect(ownerAliases({ email: 'A@X.io', name: ' Ana  Silva' })).toEqual([
      'email:a@x.io',
      'name:ana silva',
    ]);
  });

  it('leads all doors without an owner to one place, with a name that people understand', () => {
    expect(ownerAliases(null)).toEqual(ownerAliases({}));
    expect(ownerName(null)).toBe('No owner yet');
    expect(ownerName({ email: 'a@x.io' })).toBe('a@x.io');
  });
});

describe('who is asked in place of a rep', () => {
  const anyLine = () =>
    fc
      .array(fc.record({ active: fc.boolean(), manager: fc.nat(5) }), { minLength: 1, maxLength: 6 })
      .map((all) =>
        all.map(({ active, manager }, index): Heirable => {
          return { id: String(index), active, managerId: manager === index ? null : String(manager) };
        }),
      );

  it('is always somebody active, be it the fallback, even when managers lead each other in a circle', () => {
    const fallback: Heirable = { id: 'fallback', active: true, managerId: null };
    fc.assert(
      fc.property(anyLine(), (line) => {
        const byId = new Map(line.map((rep) => [rep.id, rep]));
        const [rep] = line;
        const heir = heirOf(rep!, byId, fallback);
        expect(heir?.active).toBe(true);
        if (rep!.active) expect(heir).toBe(rep);
        const manager = rep!.managerId === null ? undefined : byId.get(rep!.managerId);
        if (!rep!.active && manager?.active === true) expect(heir).toBe(manager);
      }),
    );
  });

  it('is nobody only where nobody is left', () => {
    const left: Heirable = { id: '1', active: false, managerId: null };
    expect(heirOf(left, new Map([['1', left]]), null)).toBeNull();
  });
});
