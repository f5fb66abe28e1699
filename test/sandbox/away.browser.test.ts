import { expect, it } from 'vitest';
import { inSandbox } from './sandbox-browser.ts';

/** Tuesday. In Portugal, where all of them are, Christmas Day is a holiday: that Friday. */
const sandbox = inSandbox({ start: '2026-12-22T09:00:00Z' });

it('what cannot wait goes to the delegate while a rep is away, but not on a holiday, and comes home with the rep', async () => {
  const { page, at, as, win, pass, message, form, type } = sandbox();
  await as('ana');
  await at('tab:home').click();
  const home = at('home');
  await home.getByRole('button', { name: 'Away…' }).click();
  const away = await form('Away');
  await away.getByLabel('The day you are back').fill('2027-01-05');
  await away.getByLabel("Who looks after what can't wait?").selectOption({ label: 'Ben Okafor' });
  await at('modal-submit').click();
  await away.getByText('looks after what can', { exact: false }).last().waitFor();
  await page.keyboard.press('Escape');
  await at('modal').waitFor({ state: 'detached' });
  await home.getByText('until Tue 5 Jan 2027', { exact: false }).waitFor();

  await as('ben');
  await message('asked you to look after').getByRole('button', { name: "I'd rather not" }).waitFor();
  await pass('morning', 'morning');
  await at('act-as:ana').click();
  await expect.poll(() => at('day-off').innerText()).toBe('away');
  await as('ben');
  await win('D-1');
  const acme = message('You closed Acme');
  await acme.waitFor();

  // Christmas: an order comes in, and nobody is asked.
  await pass('morning');
  await expect.poll(() => at('day-off').innerText()).toBe('holiday');
  const before = await at('message').count();
  await win('D-2');
  await pass('hour');
  expect(await at('message').count()).toBe(before);
  await pass('morning');
  await message('You closed Brightwater').waitFor();

  await as('ana');
  expect(await at('message').filter({ hasText: 'You closed' }).count()).toBe(0);
  await at('tab:home').click();
  await home.getByRole('button', { name: "I'm back" }).click();
  await home.getByText('Welcome back', { exact: false }).waitFor();
  await home.getByText('You closed Brightwater', { exact: false }).first().waitFor();

  await as('ben');
  await message('Thank you for standing in').waitFor();
  await acme.getByText('Now with Ana Lima', { exact: false }).waitFor();
  // Ben was asked on Monday, so Ana is on the second working day after it.
  await as('ana');
  await pass('morning', 'morning');
  await message('You closed Brightwater')
    .getByRole('button', { name: /What did you promise/ })
    .waitFor();
  await type('/whatsnext back');
  await message('You are not away as far as I know').waitFor();
});
