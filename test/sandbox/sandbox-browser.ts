/** The sandbox as a newcomer has it: the product in a process of its own, its page in Chromium, one clock. */
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { NewDeal } from '../../src/sandbox/page/wire.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { type SandboxProcess, startSandbox } from './sandbox-process.ts';

/** The made-up team, by handle: who has which deals stands in src/sandbox/crm.ts. */
type Handle = 'ana' | 'ben' | 'chloe' | 'dana';

export interface Sandbox {
  page: Page;
  at(testId: string): Locator;
  /** Looks into that person's DM with the app. */
  as(handle: Handle): Promise<void>;
  /** The newest message that says so. */
  message(text: string | RegExp): Locator;
  /** Types it below and sends it: a command, or a message. */
  type(words: string): Promise<void>;
  /** What the app answered to the last command, in sight of its writer alone. */
  whispered(text: string | RegExp): Locator;
  /** Puts deals into the made-up CRM, which would take the panel's form a minute. */
  add(deals: readonly NewDeal[]): Promise<void>;
  win(dealId: string): Promise<void>;
  lose(dealId: string): Promise<void>;
  /** Lets the time pass, and waits until it has. */
  pass(...moves: ('hour' | 'morning' | 'week' | 'month')[]): Promise<void>;
  /** The open form, once its title says so. */
  form(title: string | RegExp): Promise<Locator>;
  /** Submits the open form and waits until it is gone. */
  submit(): Promise<void>;
}

/** Registers the hooks: one sandbox for the file, begun on Monday 23 November or at `start`. */
export function inSandbox(options: { start?: string } = {}): () => Sandbox {
  let sandbox: SandboxProcess;
  let browser: Browser;
  let hands: Sandbox;
  const faults: string[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox(0, options.start);
    const args = ['--no-sandbox', '--disable-background-networking', '--disable-gpu'];
    browser = await chromium.launch({ executablePath: inject('chromium'), args });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
    hands = handsOn(page, sandbox.url);
  });
  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
    expect(sandbox?.noise).toEqual([]);
    expect(faults).toEqual([]);
  });
  return () => hands;
}

function handsOn(page: Page, url: string): Sandbox {
  const at = (testId: string) => page.getByTestId(testId);
  const message = (text: string | RegExp) => at('message').filter({ hasText: text }).last();
  const onDeal = async (dealId: string, act: 'win' | 'lose') => {
    await at(`deal:${dealId}`).getByTestId(act).click();
    await at(`deal:${dealId}`)
      .locator('.deal-status', { hasText: act === 'win' ? 'won' : 'lost' })
      .waitFor();
  };
  return {
    page,
    at,
    message,
    as: async (handle) => {
      const id = `0${handle.toUpperCase()}`;
      await page.goto(`${url}/#U${id}/D${id}`);
      await page.locator(`[data-testid="act-as:${handle}"][aria-pressed=true]`).waitFor();
      await page.getByLabel(/^Message What's Next/).waitFor();
    },
    type: async (words) => {
      await at('composer').fill(words);
      await at('send').click();
    },
    whispered: (text) =>
      at('message')
        .filter({ has: at('only-you') })
        .filter({ hasText: text })
        .last(),
    add: async (deals) => {
      for (const data of deals) {
        const added = await page.request.post(`${url}/api/crm/add`, { data });
        expect(await added.json()).toMatchObject({ status: 202 });
      }
    },
    win: (dealId) => onDeal(dealId, 'win'),
    lose: (dealId) => onDeal(dealId, 'lose'),
    pass: async (...moves) => {
      for (const move of moves) {
        const button = at(`clock:${move}`);
        await button.click();
        await page.locator(`[data-testid="clock:${move}"][aria-disabled=false]`).waitFor();
      }
    },
    form: async (title) => {
      const form = at('modal').filter({ has: page.getByRole('heading', { name: title }) });
      await form.waitFor();
      return form;
    },
    submit: async () => {
      await at('modal-submit').click();
      await at('modal').waitFor({ state: 'detached' });
    },
  };
}
