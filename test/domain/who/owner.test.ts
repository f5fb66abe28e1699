import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Askable,
  findAsked,
  type Identity,
  identify,
  isReachable,
  type KnownPerson,
  type NameBearer,
  type OwnerFacts,
  ownerAlias,
  ownerName,
} from '../../../src/domain/who/owner.ts';

const person = (slackUserId: string, change: Partial<KnownPerson> = {}): KnownPerson => {
  return { slackUserId, realName: 'Ana Silva', displayName: 'ana', email: null, active: true, ...change };
};
const owner = (emailKey: string | null, ...nameKeys: string[]): OwnerFacts => ({
  id: 'E',
  emailKey,
  nameKeys,
});
const bearer = (id: string, change: Partial<NameBearer> = {}): NameBearer => {
  return { id, nameKey: 'ana silva', slackUserId: null, ...change };
};
const is = (slackUserId: string, by: 'email' | 'name'): Identity => ({ kind: 'person', slackUserId, by });
const NOBODY = { kind: 'nobody' };

describe('whom an owner of deals is in Slack', () => {
  it('is told by e-mail, whatever its case and whatever the names', () => {
    const people = [person('U1', { email: 'Ana@Example.com', realName: 'A. S.' }), person('U2')];
    expect(identify(owner('ana@example.com', 'ana silva'), people, [])).toEqual(is('U1', 'email'));
  });

  it.each(['ana silva', 'ana'])('is told by the name %j, real or displayed', (name) => {
    const people = [person('U1'), person('U2', { realName: 'Ben', displayName: 'ben' })];
    expect(identify(owner(null, name), people, [])).toEqual(is('U1', 'name'));
  });

  it('is a guest only when the e-mail says so: guests may be clients', () => {
    const guest = person('U1', { email: 'ana@partner.example', isGuest: true });
    expect(identify(owner(null, 'ana silva'), [guest], [])).toEqual(NOBODY);
    expect(identify(owner(null, 'ana silva'), [guest, person('U2')], [])).toEqual(is('U2', 'name'));
    expect(identify(owner('ana@partner.example'), [guest], [])).toEqual(is('U1', 'email'));
  });

  it('falls back to the name when nobody has the e-mail, or ever had', () => {
    expect(identify(owner('ana@old.example', 'ana silva'), [person('U1')], [])).toEqual(is('U1', 'name'));
    const left = person('U2', { email: 'ana@old.example', active: false });
    expect(identify(owner('ana@old.example', 'ana silva'), [person('U1'), left], [])).toEqual(NOBODY);
  });

  it('is the new account of somebody whose old one was closed', () => {
    const email = 'ana@example.com';
    const people = [person('U1', { email, active: false }), person('U2', { email })];
    expect(identify(owner(email), people, [])).toEqual(is('U2', 'email'));
  });

  it('is nobody when two could be meant, or when they left', () => {
    expect(identify(owner(null, 'ana silva'), [person('U1'), person('U2')], [])).toEqual(NOBODY);
    const twins = [person('U1', { email: 'a@x.io' }), person('U2', { email: 'a@x.io' })];
    expect(identify(owner('a@x.io', 'zoe'), twins, [])).toEqual(NOBODY);
    expect(identify(owner(null, 'ana silva'), [person('U1', { active: false })], [])).toEqual(NOBODY);
  });
});

describe('whom a name alone means', () => {
  const name = owner(null, 'ana silva');

  it('is the one owner who bears it, in Slack or not', () => {
    expect(identify(name, [], [bearer('A')])).toEqual({ kind: 'owner', id: 'A' });
    expect(identify(name, [], [bearer('A', { slackUserId: 'U9' })])).toEqual(is('U9', 'name'));
    expect(identify(name, [person('U1')], [bearer('A', { slackUserId: 'U1' })])).toEqual(is('U1', 'name'));
  });

  it('is nobody as soon as two e-mails bear it, whoever of them is in Slack', () => {
    const [a, b] = [bearer('A', { slackUserId: 'U1' }), bearer('B')];
    expect(identify(name, [person('U1')], [a, b])).toEqual(NOBODY);
    const second = { ...owner('b@x.io', 'ana silva'), id: 'B' };
    expect(identify(second, [person('U1')], [b])).toEqual(is('U1', 'name'));
    expect(identify(second, [person('U1')], [a, b])).toEqual(NOBODY);
  });
});

describe('how an owner is looked up', () => {
  it('is by Slack id, else by e-mail, else by name, folded', () => {
    expect(ownerAlias({ slackUserId: 'U1', email: 'a@x.io' })).toBe('slack:U1');
    expect(ownerAlias({ email: 'A@X.io', name: 'Ana' })).toBe('email:a@x.io');
    expect(ownerAlias({ name: ' Ana  Silva' })).toBe('name:ana silva');
  });

  it('leads all deals without an owner to one place, with a name that people understand', () => {
    expect(ownerAlias(null)).toBe(ownerAlias({}));
    expect(ownerName(null)).toBe('No owner yet');
    expect(ownerName({ email: 'a@x.io' })).toBe('a@x.io');
  });
});

describe('who is asked what an owner should be asked', () => {
  const rep = (id: string, change: Partial<Askable> = {}): Askable => {
    const here = { active: true, slackUserId: `U${id}`, joinedTo: null, identifiedAt: new Date(0) };
    return { id, ...here, managerId: null, ...change };
  };
  const byIdOf = (...reps: Askable[]) => new Map(reps.map((one) => [one.id, one]));
  const anyLine = () =>
    fc
      .array(
        fc.record({ active: fc.boolean(), inSlack: fc.boolean(), manager: fc.nat(5), joined: fc.boolean() }),
        { minLength: 1, maxLength: 6 },
      )
      .map((all) =>
        all.map(({ active, inSlack, manager, joined }, index) => {
          const managerId = manager === index ? null : String(manager);
          const slackUserId = inSlack && !joined ? `U${index}` : null;
          return rep(String(index), { active, slackUserId, managerId, joinedTo: joined ? '0' : null });
        }),
      );

  it('is somebody who can be reached or nobody, even when managers lead each other in a circle', () => {
    fc.assert(
      fc.property(anyLine(), (line) => {
        const byId = byIdOf(...line);
        for (const one of line) {
          const asked = findAsked(one, byId);
          if (asked !== null) expect(isReachable(asked)).toBe(true);
          if (isReachable(one)) expect(asked).toBe(one);
        }
      }),
    );
  });

  it('is the person whom the owner is, also as a manager', () => {
    const [mia, ofMia] = [rep('mia'), rep('name of mia', { slackUserId: null, joinedTo: 'mia' })];
    const left = rep('left', { active: false, managerId: 'name of mia' });
    expect(findAsked(ofMia, byIdOf(mia, ofMia))).toBe(mia);
    expect(findAsked(left, byIdOf(mia, ofMia, left))).toBe(mia);
  });

  it('waits for whom nobody has looked for yet', () => {
    const mia = rep('mia');
    const told = rep('told', { slackUserId: null, identifiedAt: null, managerId: 'mia' });
    expect(findAsked(told, byIdOf(mia, told))).toBe(told);
    const lookedFor = { ...told, identifiedAt: new Date(0) };
    expect(findAsked(lookedFor, byIdOf(mia, lookedFor))).toBe(mia);
  });

  it('is nobody where the line ends without anybody', () => {
    const gone = rep('gone', { active: false });
    const left = rep('left', { active: false, managerId: 'gone' });
    expect(findAsked(left, byIdOf(gone, left))).toBeNull();
  });
});
