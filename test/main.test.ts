import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort, Product } from './support/product.ts';
import { slackOf } from './support/whole-product.ts';

/** Throws, or rejects, where nobody catches it, once the process is told to. */
const UNFORESEEN = {
  uncaughtException: `process.on('SIGUSR2', () => { throw new Error('unforeseen') })`,
  unhandledRejection: `process.on('SIGUSR2', () => { Promise.reject(new Error('unforeseen')) })`,
};

async function started(isOrgWide: boolean, code = '') {
  const slack = await slackOf({ team: { id: 'T0MAIN', name: 'Main', enterpriseId: 'E0', isOrgWide } });
  const dataDir = await mkdtemp(join(tmpdir(), 'wn-main-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(code)}`;
  const env = { DATA_DIR: dataDir, NODE_OPTIONS, LOG_LEVEL: 'info' };
  const product = Product.start({ slack, port: await freePort(), env });
  onTestFinished(() => product.kill());
  return product;
}

it.each(Object.entries(UNFORESEEN))(
  'a process that meets an %s says a last line, closes everything and ends with 1',
  async (event, code) => {
    const product = await started(false, code);
    await product.ready();
    process.kill(product.pid, 'SIGUSR2');
    expect(await product.ended()).toBe(1);
    expect(product.lastWords()).toMatch(/"message":"unforeseen".*something unforeseen failed/);
    expect(product.lastWords()).toContain(`"why":"${event}","msg":"stopping"`);
    expect(product.lastWords()).not.toContain('not everything could be closed');
  },
);

it('a start with a token of a whole organisation ends with one line that says so', async () => {
  const product = await started(true);
  expect(await product.ended()).toBe(1);
  expect(product.lastWords().split('\n').at(-1)).toMatch(
    /^What's Next cannot start: SLACK_BOT_TOKEN is of an app installed for a whole organisation/,
  );
});
