import { describe, expect, it } from 'vitest';
import { alikeNames, nearWords } from '../../../src/domain/who/similar-names.ts';

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
  ])('leads from %s to %s', (typed, meant) => {
    expect(alikeNames(typed, ['Globex', meant])).toEqual([meant]);
  });

  it.each([
    ['Store 21', 'Store 22'],
    ['3M', '3P'],
    ['IBM', 'ITM'],
    ['Acme', 'Apex'],
    ['Acme Labs', 'Acme Works'],
  ])('does not lead from %s to %s', (typed, other) => {
    expect(alikeNames(typed, [other])).toEqual([]);
  });
});
