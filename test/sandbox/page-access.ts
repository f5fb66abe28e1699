import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const GRAVE: ReadonlySet<string | null | undefined> = new Set(['serious', 'critical']);

/** Has axe at hand on every page that opens from now on; its script must not be refused by the page's policy. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript({ path: AXE });
}

/** What axe finds on the page as it stands that keeps somebody out, a line each. */
export async function barriers(page: Page): Promise<string[]> {
  const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run(document));
  return found.violations
    .filter(({ impact }) => GRAVE.has(impact))
    .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}
