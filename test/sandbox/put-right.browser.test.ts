import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { inSandbox } from './sandbox-browser.ts';

const sandbox = inSandbox();
const THEIR_WORDS = 'What did they say, in their words?';

async function told(form: Locator, sees: 'Yes' | 'Not yet', words: string): Promise<void> {
  await form.getByLabel(THEIR_WORDS).fill(words);
  await form.getByLabel(sees, { exact: true }).check();
  await form.getByLabel(sees === 'Yes' ? 'What comes next?' : 'What will you do about it?').waitFor();
}

it('a click is undone in the message, which asks again, and put back', async () => {
  const { at, as, pass, whispered } = sandbox();
  await as('ben');
  await pass('morning');
  const asked = at('message').filter({ hasText: 'What will you bring to Cedar', hasNot: at('only-you') });
  await asked.getByText('I brought it').click();
  await asked.getByText('It was brought to them').waitFor();

  await asked.getByText('Undo', { exact: true }).click();
  const undone = whispered('Taken back: Cedar & Finch');
  await undone.waitFor();
  expect(await undone.innerText()).toContain('So I ask as before: “What will you bring to Cedar & Finch');
  await asked.getByText('I brought it').waitFor();

  await undone.getByText('Put it back').click();
  await whispered('It stands again: Cedar & Finch').waitFor();
  await asked.getByText('It was brought to them').waitFor();
});

it('a verification is changed by the keyboard: what was a yes asks again until they see it', async () => {
  const { page, at, as, win, message, form, type, whispered } = sandbox();
  await as('ana');
  await win('D-1');
  const asked = message('You closed Acme.');
  await asked.getByText('They see it already').click();
  await told(await form('Do they see it?'), 'Yes', 'A day earlier');
  await at('modal-submit').click();
  await at('modal-close').click();
  await asked.getByText('They see it: “A day earlier”').waitFor();

  const change = asked.getByText('Change…', { exact: true });
  await change.focus();
  await page.keyboard.press('Enter');
  const changing = await form('Change what you told');
  expect(await changing.getByLabel(THEIR_WORDS).inputValue()).toBe('A day earlier');
  await changing.getByLabel('Yes', { exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await changing.getByLabel(THEIR_WORDS).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Only the day shift');
  await at('modal-submit').focus();
  await page.keyboard.press('Enter');
  await at('modal').getByText('Now it reads:').waitFor();
  await page.keyboard.press('Escape');
  await at('modal').waitFor({ state: 'detached' });
  await asked.getByText('“Only the day shift”').waitFor();
  await type('/whatsnext Acme');
  await whispered("They don't see it yet: “Only the day shift”").waitFor();
});

it('a promise that is not seen yet is put right, seen, and leads to the next deal', async () => {
  const { at, as, add, win, pass, message, form } = sandbox();
  await as('ana');
  const amount = { value: '3000.00', currency: 'USD' };
  await add([{ account: 'Harbor', name: 'First machine', ownerId: 'U0ANA', stage: 'close', amount }]);
  await win('D-6');
  // What closes soon after another waits for company.
  await pass('hour');
  await message('You closed Harbor.').getByText('What did you promise…').click();
  const promising = await form('What you promised');
  await promising.getByLabel('What did you promise Harbor?').fill('3 hours a week');
  await promising.getByLabel('When will you talk about what it brought them?').fill('2026-12-01');
  await at('modal-submit').click();
  await at('modal-close').click();

  await pass('week', 'morning');
  const asked = message('You promised Harbor “3 hours a week”');
  await asked.getByLabel('What did they say: Harbor').click();
  const notYet = await form('Do they see it?');
  await told(notYet, 'Not yet', 'The night shift does not use it');
  await notYet.getByLabel('What will you do about it?').fill('a workshop');
  await notYet.getByLabel('By when?').fill('2026-12-07');
  await at('modal-submit').click();
  await at('modal-close').click();

  await pass('week');
  const again = message('At Harbor you wanted to put it right: “a workshop”. Do they see it now?');
  await again.getByLabel('What did they say: Harbor').click();
  const seen = await form('Do they see it?');
  await told(seen, 'Yes', 'Everybody uses it now');
  await seen.getByRole('button', { name: 'Add a need you heard' }).click();
  await seen.getByLabel('What do they need, in their words?').fill('A second line');
  await seen.getByRole('button', { name: 'Back' }).click();
  await seen.getByLabel('What comes next?').selectOption({ label: 'Begin: A second line' });
  await at('modal-submit').click();
  await at('modal').getByText('The next order with Harbor has begun').waitFor();
});
