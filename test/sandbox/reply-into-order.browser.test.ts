import { expect, it } from 'vitest';
import { inSandbox } from './sandbox-browser.ts';

const sandbox = inSandbox();

it('a reply that reads like an order is kept, and becomes the order with one button', async () => {
  const { at, as, type, message, whispered } = sandbox();
  await as('ana');
  await type('I won Newco 5000 USD');
  const said = message('I won Newco 5000 USD');
  await said.getByText('It reads like an order').waitFor();
  await said.getByRole('button', { name: 'Log the order' }).click();
  // A client nobody has heard of is asked about before anything is stored.
  const fresh = at('messages').getByRole('button', { name: /New client: Newco/ });
  const asked = at('message').filter({ hasText: 'You closed Newco' });
  await fresh.or(asked).first().waitFor();
  if ((await fresh.count()) > 0) await fresh.click();
  await asked.first().waitFor();

  await type('/whatsnext Newco');
  await whispered('5,000 USD').waitFor();
  expect(await asked.filter({ hasNot: at('only-you') }).count()).toBe(1);
});
