import { expect, it } from 'vitest';
import type { NewDeal } from '../../src/sandbox/page/wire.ts';
import { inSandbox } from './sandbox-browser.ts';

const sandbox = inSandbox();

const SIXTY: NewDeal[] = Array.from({ length: 60 }, (_, n) => ({
  account: `Client ${String(n + 1).padStart(2, '0')}`,
  name: 'A second line',
  ownerId: 'U0ANA',
  stage: 'close',
  amount: { value: String((n + 1) * 100), currency: 'USD' },
}));

it('sixty open questions are paged through in Home, and one of them is found by its client', async () => {
  const { page, at, as, add, pass, form } = sandbox();
  await add(SIXTY);
  await as('ana');
  await pass('week');
  await at('tab:home').click();
  const home = at('home');
  await home.getByText('Client 01').first().waitFor();

  const seen = new Set<string>();
  for (;;) {
    for (const name of (await home.innerText()).match(/Client \d\d/g) ?? []) seen.add(name);
    const more = home.getByRole('button', { name: /^Show \d+ more|^More|^Next/ });
    if ((await more.count()) === 0) break;
    const shown = await home.innerText();
    await more.last().click();
    await expect.poll(() => home.innerText()).not.toBe(shown);
  }
  expect([...seen].sort()).toEqual(SIXTY.map(({ account }) => account));

  await home.getByRole('combobox').first().fill('Client 57');
  await page.getByRole('listbox', { name: 'Found' }).getByText('Client 57').click();
  const answers = home.getByRole('button', { name: /^Answer/ });
  await expect.poll(() => answers.count()).toBe(1);
  await answers.click();
  const question = await form(/./);
  expect(await question.innerText()).toContain('What did Client 57 answer?');
  await page.keyboard.press('Escape');
  await at('modal').waitFor({ state: 'detached' });
});
