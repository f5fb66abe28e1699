import { expect, it } from 'vitest';
import { noteMessage } from '../../../src/slack/note/note.ts';

it('says with which account a note is kept', () => {
  expect(noteMessage({ account: 'Acme', isEdit: false }, 'They want it').text).toBe('Kept with Acme.');
});

it('says what to do where nobody can tell which account a note is about', () => {
  expect(noteMessage({ account: null, isEdit: false }, 'They want it').text).toContain(
    "I couldn't tell for which account. Write it once more with the account's name",
  );
});

it('takes no note for a command, and says how to give one', () => {
  expect(noteMessage({ account: 'Acme', isEdit: false }, 'won Acme 300 USD').text).toBe(
    'Kept with Acme, as a note. If you meant the command, type `/whatsnext won Acme 300 USD`.',
  );
});
