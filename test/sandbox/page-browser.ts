/** The page in a real Chromium, new for every test, and the hands that the tests use on it. */
import type { types } from '@slack/bolt';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { ANA, type PageWorld, startPageWorld } from './page-world.ts';

export interface OpenPage {
  world: PageWorld;
  page: Page;
  at(testId: string): Locator;
  lookAsAna(): Promise<unknown>;
  /** Posts to Ana's DM as the app; gives the message's ts. */
  tellAna(text: string, blocks?: types.KnownBlock[]): Promise<string>;
}

/** Holds as soon as it is so; a busy machine may take its time. */
export function soon<T>(probe: () => T | Promise<T>) {
  return expect.poll(probe);
}

/** Registers the hooks; each test calls what it returns for its own page. A fault on the page fails its test. */
export function inBrowser(): () => OpenPage {
  let browser: Browser;
  let open: OpenPage;
  let faults: string[];

  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-background-networking', '--disable-gpu'];
    browser = await chromium.launch({ executablePath: inject('chromium'), args });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    const world = await startPageWorld();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
    open = { world, page, ...hands(world, page) };
  });
  afterEach(async () => {
    await open.page.unrouteAll({ behavior: 'ignoreErrors' });
    await open.page.close();
    await open.world.stop();
    expect(faults).toEqual([]);
  });
  return () => open;
}

function hands(world: PageWorld, page: Page): Pick<OpenPage, 'at' | 'lookAsAna' | 'tellAna'> {
  const dm = world.standIn.dm(ANA);
  return {
    at: (testId) => page.getByTestId(testId),
    lookAsAna: () => page.goto(`${world.url}#${ANA}/${dm}`),
    async tellAna(text, blocks) {
      const { ts } = await world.app.client.chat.postMessage({
        channel: dm,
        text,
        ...(blocks ? { blocks } : {}),
      });
      return ts as string;
    },
  };
}
