import { describe, expect, it } from 'vitest';
import { withoutLegalForm } from '../../../src/domain/who/legal-form.ts';
import { alikeNames, isSpelledAlike, nearWords } from '../../../src/domain/who/similar-names.ts';

describe('a slip of the fingers', () => {
  it('leads to the word that was meant', () => {
    const known = ['won', 'need', 'digest', 'help', 'manager', 'doors'];
    expect(nearWords('hlep', known)).toEqual(['help']);
    expect(nearWords('digset', known)).toEqual(['digest']);
    expect(nearWords('own', known)).toEqual(['won']);
    expect(nearWords('acme', known)).toEqual([]);
  });

  it.each([
    ['Amce', 'Acme'],
    ['bright water', 'Brightwater'],
    ['Cedar and Finch', 'Cedar & Finch'],
    ['dovetial labs', 'Dovetail Labs'],
    ['Smith & Sons.', 'Smith and Sons'],
    ['Acme Corp', 'Acme'],
    ['acme', 'Acme GmbH & Co. KG'],
    ['Acme, Inc.', 'Acme Incorporated'],
  ])('leads from %s to %s', (typed, meant) => {
    expect(alikeNames(typed, named('Globex', meant))).toEqual(named(meant));
  });

  it.each([
    ['Store 21', 'Store 22'],
    ['3M', '3P'],
    ['IBM', 'ITM'],
    ['Acme', 'Apex'],
    ['Acme Labs', 'Acme Works'],
  ])('does not lead from %s to %s', (typed, other) => {
    expect(alikeNames(typed, named(other))).toEqual([]);
  });
});

describe('the spelling of a name', () => {
  it('differs in spaces, marks and legal forms', () => {
    expect(isSpelledAlike('bright water', 'Brightwater Ltd.')).toBe(true);
    expect(isSpelledAlike('Bright', 'Brightwater')).toBe(false);
  });

  it('keeps a name that is nothing but a legal form', () => {
    expect(withoutLegalForm('SE')).toBe('se');
    expect(withoutLegalForm('Limited & Co')).toBe('limited');
  });
});

function named(...names: string[]): { name: string }[] {
  return names.map((name) => ({ name }));
}
