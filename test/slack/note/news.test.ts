import { describe, expect, it } from 'vitest';
import { readNews } from '../../../src/slack/note/news.ts';

const COMMANDS = ['', 'won', 'lost', 'need', 'note', 'away', 'back', 'undo', 'digest', 'settings', 'account'];
const read = (text: string, account: string | null = null) => readNews(text, account, COMMANDS);

describe('a reply that reads like news', () => {
  it.each([
    ['I won Dovetail 7600', 'won Dovetail 7600'],
    ["We've just won Dovetail 7,600 EUR!", 'won Dovetail 7,600 EUR!'],
    ['closed the deal with Acme', 'won Acme'],
    ['Acme signed for 20k', 'won Acme 20k'],
    ['won Acme', 'won Acme'],
    ['I lost Acme too expensive', 'lost Acme too expensive'],
    ['Blue Sky said no, because of the price', 'lost "Blue Sky" of the price'],
    ['Acme needs a second line by March', 'need Acme: a second line by March'],
    ['need Acme a second line', 'need Acme a second line'],
    ["I'm on vacation until 15 March", 'away until 15 March'],
    ['away until Monday', 'away until Monday'],
    ["I'm back", 'back'],
    ['undo', 'undo'],
    ['That was wrong', 'undo'],
    ['Please stop asking about Acme.', 'Acme'],
    ["don't ask me about Blue Sky", 'Blue Sky'],
    ['digest weekly', 'digest weekly'],
  ])('"%s" offers to become: %s', (text, command) => {
    expect(read(text)?.command).toBe(command);
  });

  it.each([
    ['I won 7600', 'won Acme 7600'],
    ['we won it', 'won Acme'],
    ['They signed', 'won Acme'],
    ['they need a second line', 'need Acme: a second line'],
    ['acme', 'Acme'],
  ])('"%s" in reply to a question about Acme offers to become: %s', (text, command) => {
    expect(read(text, 'Acme')?.command).toBe(command);
  });

  it.each([
    'They need more time, I think',
    'It was a good talk',
    'Nothing new',
    'The wonderful people there',
    'Backup plan sent',
  ])('"%s" of no client that is known is a note', (text) => {
    expect(read(text)).toBeNull();
  });

  it('offers nothing that cannot be typed', () => {
    expect(readNews('away until Monday', null, ['won'])).toBeNull();
  });

  it('takes no longer for a text that nearly matches', () => {
    const long = `${'needs '.repeat(400)}${'a '.repeat(2_000)}`;
    const before = performance.now();
    read(long);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
