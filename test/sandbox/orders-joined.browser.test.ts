import { expect, it } from 'vitest';
import { inSandbox } from './sandbox-browser.ts';

const sandbox = inSandbox();

it('an order that was typed is one with the deal that the CRM reports, and is asked about once', async () => {
  const { at, as, add, win, type, whispered, pass } = sandbox();
  await as('ana');
  await type('/whatsnext won Faraway 3000 USD');
  await whispered("I don't know “Faraway”").getByRole('button', { name: 'New client: Faraway' }).click();
  const asked = at('message').filter({ hasText: 'You closed Faraway', hasNot: at('only-you') });
  await asked.waitFor();

  await add([
    {
      account: 'Faraway',
      name: 'First machine',
      ownerId: 'U0ANA',
      stage: 'close',
      amount: { value: '3000.00', currency: 'USD' },
    },
  ]);
  await win('D-6');
  await pass('hour');
  expect(await asked.count()).toBe(1);
  await type('/whatsnext Faraway');
  const card = whispered('First machine');
  await card.waitFor();
  expect(await card.innerText()).toMatch(/1 won: 3,000 USD|1 order/);
});
