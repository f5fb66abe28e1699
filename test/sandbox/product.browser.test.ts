import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { type SandboxProcess, startSandbox } from './sandbox-process.ts';

let sandbox: SandboxProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  sandbox = await startSandbox();
  const args = ['--no-sandbox', '--disable-background-networking', '--disable-gpu'];
  browser = await chromium.launch({ executablePath: inject('chromium'), args });
  page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  page.setDefaultTimeout(PATIENCE_MS);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
  expect(sandbox?.noise).toEqual([]);
});

it('takes a rep from the close to a verified engagement, two needs and the next engagement, in Slack alone', async () => {
  await page.goto(`${sandbox.url}/#U0ANA/D0ANA`);
  await page.getByTestId('deal:D-1').getByTestId('win').click();

  const dm = page.getByTestId('message').filter({ hasText: 'You closed Acme.' });
  await dm.getByText('They see it already').click();
  await tellTheStory(page.getByTestId('modal'));
  await page.getByTestId('modal-submit').click();

  await page.getByTestId('modal').getByText('The next order with Acme has begun').waitFor();
  await page.getByTestId('modal-close').click();
  await page.getByTestId('modal').waitFor({ state: 'hidden' });
  // The message that asked says what was answered.
  await dm.getByText('They see it:').waitFor();

  await page.getByTestId('composer').fill('/whatsnext Acme');
  await page.getByTestId('send').click();
  const card = page
    .getByTestId('message')
    .filter({ has: page.getByTestId('only-you') })
    .last();
  await card.getByText('The night shift finishes on time now', { exact: false }).waitFor();
  const story = await card.innerText();
  expect(story).toContain('4,514 USD');
  expect(story).toContain('12 hours a week');
  expect(story).toContain('A second line by spring');
  expect(story).toContain('Training for the new people');
  expect(story).toMatch(/What will you bring to Acme/);
});

it('asks about the doors that linger in one bundle the next morning', async () => {
  await page.goto(`${sandbox.url}/#U0BEN/D0BEN`);
  await page.getByTestId('clock:morning').click();

  const bundle = page.getByTestId('message').filter({ hasText: 'What did Dovetail Labs answer?' });
  await bundle.waitFor();
  expect(await bundle.innerText()).toContain('What will you bring to Cedar & Finch, and when?');
});

it('asks about a close that waited for company before the day is over, with the newest message in sight', async () => {
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.getByTestId('deal:D-3').getByTestId('win').click();
  await page.getByTestId('message').filter({ hasText: 'You closed Cedar & Finch.' }).waitFor();
  await page.getByTestId('deal:D-4').getByTestId('win').click();
  await page.getByText('win Dovetail Labs').waitFor();
  await page.getByTestId('clock:morning').click();

  const gathered = page.getByTestId('message').filter({ hasText: 'You closed Dovetail Labs.' });
  await gathered.waitFor();
  expect(await gathered.innerText()).toContain('Closed this morning');
  const newest = page.getByTestId('message').last();
  await expect.poll(() => newest.evaluate((it) => it.getBoundingClientRect().bottom)).toBeLessThan(500);
  await page.getByTestId('clock').getByText('Wednesday').waitFor();
});

async function tellTheStory(modal: ReturnType<Page['getByTestId']>): Promise<void> {
  const turnTo = async (page: string, label: string) => {
    await modal.getByRole('button', { name: page }).click();
    await modal.getByLabel(label).waitFor();
  };
  const inTheirWords = 'What do they need, in their words?';
  await modal.getByLabel('What did they say, in their words?').fill('The night shift finishes on time now');
  await modal.getByLabel('Yes', { exact: true }).check();
  await modal.getByLabel('What comes next?').waitFor();
  await turnTo('Add who, when, a number', 'Who did you speak with?');
  await modal.getByLabel('Who did you speak with?').fill('Kim Reyes');
  await modal.getByLabel('Is there a number for it?').fill('12');
  await modal.getByLabel('A number of what?').fill('hours a week');
  await turnTo('Back', 'What comes next?');
  await turnTo('Add a need you heard', inTheirWords);
  await modal.getByLabel(inTheirWords).fill('A second line by spring');
  await modal.getByLabel('What might it be worth?').fill('20,000 USD');
  await turnTo('Back', 'What comes next?');
  await turnTo('Add another need', inTheirWords);
  await modal.getByLabel(inTheirWords).fill('Training for the new people');
  await turnTo('Back', 'What comes next?');
  await modal.getByLabel('What comes next?').selectOption({ label: 'Begin: A second line by spring' });
}
