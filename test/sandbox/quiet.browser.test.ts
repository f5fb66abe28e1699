import { expect, it } from 'vitest';
import { inSandbox } from './sandbox-browser.ts';

const sandbox = inSandbox();
const QUESTION = 'What did Dovetail Labs answer?';

it('a question that is never answered goes quiet, stays on the board, comes back after 60 days, and rests again', async () => {
  const { as, at, pass, message, whispered, type } = sandbox();
  await as('ben');
  await pass('morning', 'week', 'week');
  const asked = at('message').filter({ hasText: QUESTION, hasNot: at('only-you') });
  expect(await asked.count()).toBe(3);
  expect(await asked.last().innerText()).toContain("I'll leave this with you");

  await type('/whatsnext');
  const board = whispered('quiet');
  await board.waitFor();
  expect(await board.innerText()).toMatch(/Quiet[\s\S]*Dovetail Labs/);

  await pass('month');
  expect(await asked.count()).toBe(3);
  // Two holidays fell among the asks.
  await pass('month', 'week');
  await message(QUESTION).getByText("I'll leave this with you").waitFor();
  expect(await asked.count()).toBe(4);
  await pass('month');
  expect(await asked.count()).toBe(4);
});

it('is asked every week where its rep wants to be asked, all by the keyboard', async () => {
  const { page, as, at, pass, message } = sandbox();
  await as('chloe');
  const last = message('Elm Street Clinics').filter({ hasText: "I'll leave this with you" });
  await last.waitFor();
  const menu = last.getByRole('combobox').last();
  await menu.focus();
  await page.keyboard.type('Every week');
  await page.keyboard.press('Tab');
  await pass('week', 'week');
  const asked = at('message').filter({ hasText: 'Elm Street Clinics' });
  await expect.poll(() => asked.count()).toBeGreaterThanOrEqual(4);
});
