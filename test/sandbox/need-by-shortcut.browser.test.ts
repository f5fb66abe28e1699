import { expect, it } from 'vitest';
import { inSandbox } from './sandbox-browser.ts';

const sandbox = inSandbox();
const WORDS = 'They would like a second van by spring';

it('what a colleague wrote in a channel becomes a need of the client that one picks', async () => {
  const { page, at, as, type, message, form, whispered } = sandbox();
  await as('ben');
  await at('conversation:sales').click();
  await at('composer')
    .and(page.getByLabel('Message #sales', { exact: false }))
    .fill(WORDS);
  await at('send').click();
  await at('act-as:ana').click();
  await at('conversation:sales').click();
  await message(WORDS).hover();
  await message(WORDS).getByTestId('message-shortcuts').click();
  await at('shortcut:capture_need').click();

  const need = await form('Note a need');
  expect(await need.getByLabel('What do they need').inputValue()).toBe(WORDS);
  await need.getByLabel('Which client?').fill('bri');
  await need.getByRole('listbox', { name: 'Found' }).getByText('Brightwater').click();
  await at('modal-submit').click();
  await need
    .filter({ hasNot: page.getByLabel('Which client?') })
    .or(at('messages'))
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await at('modal').waitFor({ state: 'detached' });

  await as('ana');
  await type('/whatsnext Brightwater');
  const card = whispered(WORDS);
  await card.waitFor();
  // The need leads to where it was said.
  await card.getByRole('link', { name: 'where they said it' }).click();
  await expect.poll(() => message(WORDS).evaluate((it) => it === document.activeElement)).toBe(true);
});

it('the same by the keyboard alone', async () => {
  const { page, at, as, message, form } = sandbox();
  await as('ana');
  await at('conversation:sales').press('Enter');
  await message(WORDS).getByTestId('message-shortcuts').press('Enter');
  await at('shortcut:capture_need').waitFor();
  await page.keyboard.press('Enter');
  const need = await form('Note a need');
  await expect
    .poll(() => need.getByLabel('Which client?').evaluate((it) => it === document.activeElement))
    .toBe(true);
  await page.keyboard.type('acm');
  await need.getByRole('listbox', { name: 'Found' }).getByText('Acme').waitFor();
  await page.keyboard.press('Enter');
  expect(await need.getByLabel('Which client?').inputValue()).toBe('Acme');
  await page.keyboard.press('Enter');
  await at('tab:home').or(at('messages')).first().waitFor();
  await expect
    .poll(
      async () =>
        (await at('modal').count()) === 0 || !(await at('modal').innerText()).includes('Which client?'),
    )
    .toBe(true);
});
