import { expect, it } from 'vitest';
import { inSandbox } from './sandbox-browser.ts';

const sandbox = inSandbox();
const COMES = 'Brightwater needs “a second van” by';

it('the day of a need comes back though the deal was lost meanwhile, and can be named anew by the keyboard', async () => {
  const { page, at, as, type, whispered, lose, pass, message } = sandbox();
  await as('ana');
  await type('/whatsnext need Brightwater a second van 20000 USD by 2026-12-07');
  await whispered('a second van').waitFor();
  await lose('D-2');
  await pass('morning');
  await message("Brightwater didn't go ahead this time. What was the reason?").waitFor();

  await pass('week');
  expect(await at('message').filter({ hasText: COMES }).count()).toBe(0);
  await pass('week');
  const asked = message(COMES);
  await asked.waitFor();
  await page.getByText('Monday 7 December').first().waitFor();

  const day = asked.getByLabel('New date…');
  await day.focus();
  await page.keyboard.type('12212026');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked.innerText()).toContain('21 Dec');

  await pass('week', 'week');
  await expect.poll(() => at('message').filter({ hasText: COMES }).count()).toBe(2);
});
