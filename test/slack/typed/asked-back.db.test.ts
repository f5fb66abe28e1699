import { beforeEach, describe, expect, it } from 'vitest';
import { dealUpdate } from '../../support/deal-updates.ts';
import { useStore } from '../../support/test-store.ts';
import { Typing } from './typing.ts';

const store = useStore();
let ana: Typing;
beforeEach(async () => {
  ana = await Typing.begin(store());
});

describe('what is not exactly known', () => {
  beforeEach(async () => {
    await ana.won('"Titan Works" 500 USD');
    await ana.won('Acme 500 USD');
    await ana.won('Brightwater 500 USD');
  });

  it.each([
    ['won Ti 1 USD', ['Titan Works · 1 USD', 'New client: Ti · 1 USD']],
    ['won Acm 10', ['Acme · 10 USD', 'New client: Acm · 10 USD', 'New client: Acm 10']],
    [
      'need Bright water a second van',
      [
        'Brightwater · “a second van”',
        'New client: Bright water · “a second van”',
        'New client: Bright · “water a second van”',
      ],
    ],
    ['won Acme Corp', ['Acme', 'New client: Acme Corp']],
    ['won Acme GmbH 20 000 EUR', ['Acme · 20,000 EUR', 'New client: Acme GmbH · 20,000 EUR']],
    ['won Newco twenty thousand', ['New client: Newco · 20,000 USD', 'New client: Newco twenty thousand']],
    ['need Newco a second van 20 k EUR', ['New client: Newco · “a second van” · 20,000 EUR']],
    ['lost Acm too expensive', ['Acme · “too expensive”']],
    ['note Acm: call Ms Silva', ['Acme · “call Ms Silva”', 'New client: Acm · “call Ms Silva”']],
    ['won Acme 1.234', ['Acme · 1,234 USD', 'Acme · 1.23 USD']],
    ['won Acme 5 dollers', ['Acme · 5 USD', 'New client: Acme 5 dollers']],
    ['won acme -5', ['Acme', 'New client: acme -5']],
    ['Acm', ['Acme']],
  ])('is asked back with buttons, and nothing is stored: %s', async (typed, expected) => {
    const before = await ana.stored();
    await ana.answer(typed);
    expect(ana.buttons).toEqual(expected);
    expect(await ana.stored()).toEqual(before);
  });

  it('asks with whom, where no name was typed', async () => {
    const before = await ana.stored();
    expect(await ana.answer('won "" 5')).toContain('Which client is that with?');
    expect(ana.buttons.toSorted()).toEqual(['Acme · 5 USD', 'Brightwater · 5 USD', 'Titan Works · 5 USD']);
    expect(await ana.stored()).toEqual(before);
  });

  it('is done with one click, without typing it again', async () => {
    await ana.answer('need Bright water a second van 20 k EUR by Friday');
    expect(await ana.press('Brightwater')).toContain('“a second van” · about 20,000 EUR · by Fri 27 Nov');
    await ana.answer('won Newco twenty thousand');
    expect(await ana.press('New client: Newco · ')).toContain('*Newco* for 20,000 USD');
    expect(await ana.answer('won newco')).toContain("Which order of Newco's is that?");
    await ana.answer('need Zebra a second van');
    expect(await ana.press('New client: Zebra')).toContain('*Zebra* needs: “a second van”');
    expect(await ana.answer('need Zebra a third van')).toContain('*Zebra* needs: “a third van”');
    await ana.answer('note Acm call Ms Silva');
    expect(await ana.press('Acme')).toContain("I'll remember that about *Acme*: “call Ms Silva”");
  });

  it('is done once, however often its buttons are pressed', async () => {
    await ana.answer('won Acm 10');
    const twice = [1, 2].map(() => ana.press('New client: Acm · 10 USD'));
    for (const told of await Promise.all(twice)) expect(told).toContain('*Acm* for 10 USD');
    expect(await ana.answer('acm')).toContain('One deal');
  });

  it('is given back where it is too long for a button', async () => {
    const words = `a van ${'and a crane '.repeat(160)}`.trim();
    expect(await ana.answer(`need Zebra ${words}`)).toContain(words.slice(-200));
    expect(ana.buttons).toEqual([]);
  });

  it('is asked which, where several bear the name', async () => {
    const named = (id: string, name: string) =>
      dealUpdate({ dealId: `D-${id}`, account: { id, name: 'Twin' }, owner: { name: 'Somebody' }, name });
    await ana.office.receive(named('1', 'First line'), named('2', 'Second line'));
    expect(await ana.answer('won Twin 7 USD')).toContain('Which Twin do you mean?');
    expect(ana.buttons.toSorted()).toEqual([
      'Twin · First line · Ana Example · 7 USD',
      'Twin · Second line · Ana Example · 7 USD',
    ]);
  });

  it('asks for a known name too where a longer one may have been meant', async () => {
    await ana.won('Bright 500 USD');
    await ana.answer('need Bright water a second van');
    expect(ana.buttons).toEqual(['Brightwater · “a second van”', 'Bright · “water a second van”']);
  });
});

describe('why somebody is asked', () => {
  it('is told of all that stands open, and of one client', async () => {
    expect(await ana.answer('why')).toContain('Nothing of yours stands open there');
    await ana.open('Acme', 'GTX Pro', '500');
    await ana.won('Bolt 500 USD');
    expect(await ana.answer('why')).toMatch(/\*Bolt\* · .*\*Acme\* · /s);
    expect(await ana.answer('why acme')).not.toContain('Bolt');
    await ana.answer('why Acm');
    expect(await ana.press('Acme')).toContain('*Acme* · ');
  });
});

describe('an order that may be one already known', () => {
  beforeEach(() => ana.won('Dovetail 5000 USD'));

  it('is the same with another amount, once that is said', async () => {
    expect(await ana.answer('won Dovetail 7600')).toContain("Which order of Dovetail's is that?");
    expect(ana.buttons).toEqual(['The one of Mon 23 Nov · 5,000 USD', 'Another order']);
    expect(await ana.press('The one of')).toContain('The order from *Dovetail* is now 7,600 USD');
    expect(await ana.answer('dovetail')).toContain('1 won: 7,600 USD');
  });

  it('is another one, once that is said', async () => {
    await ana.answer('won Dovetail 5000');
    await ana.press('Another order');
    expect(await ana.answer('dovetail')).toContain('2 won: 10,000 USD');
  });

  it('says that it is in already where nothing is new', async () => {
    await ana.answer('won Dovetail');
    expect(await ana.press('The one of')).toContain("That order of *Dovetail*'s is in already");
    expect(await ana.answer('dovetail')).toContain('1 won: 5,000 USD');
  });

  it('is the open deal, where only that can be meant', async () => {
    await ana.open('Acme', 'GTX Pro', '4600');
    expect(await ana.answer('won Acme 4514 USD')).toContain('*Acme* for 4,514 USD (GTX Pro) is in');
  });

  it('is asked, where the open deal is for another amount', async () => {
    await ana.open('Acme', 'GTX Pro', '20000');
    await ana.answer('won Acme 4514 USD');
    expect(ana.buttons).toEqual(['We won GTX Pro · 20,000 USD', 'Another order']);
    expect(await ana.press('Another order')).toContain('*Acme* for 4,514 USD is in');
  });

  it('is lost with its reason; which one, where several are open', async () => {
    await ana.open('Acme', 'GTX Pro', '20000');
    await ana.open('Acme', 'GTX Light', '500');
    await ana.answer('lost Acme too expensive');
    expect(ana.buttons.toSorted()).toEqual(['GTX Light · 500 USD', 'GTX Pro · 20,000 USD']);
    await ana.press('GTX Pro');
    expect(await ana.answer('acme')).toContain('“too expensive”');
    expect(await ana.answer('lost Acme a competitor was faster')).not.toContain('Which');
    expect(await ana.answer('lost Acme again')).toContain('You have no deal open with *Acme*');
  });
});
