import { expect, it } from 'vitest';
import { checkMessageBlocks } from '../../../src/sandbox/stand-in/check.ts';
import { adminSummaryMessage } from '../../../src/slack/people/admin-summary.ts';

const kept = (owners: number, name: string) =>
  Array.from({ length: owners }, () => ({ owner: name, accounts: [name, name, name], count: 1_000 }));

it('names the owners, some of their clients, and what helps', () => {
  const message = adminSummaryMessage({
    summaryId: 's',
    kept: [
      { owner: 'Zoe Nowhere', accounts: ['Acme', 'Bolt & Co', 'Corner'], count: 5 },
      { owner: 'Dan Wu', accounts: ['Dune'], count: 1 },
    ],
  });
  expect(message.text).toBe(
    [
      '*Nobody to ask about 6 clients*',
      "I can't find their owners in Slack, and nobody I can reach leads them. I keep them all, and ask nobody until then.",
      '• *Zoe Nowhere*: Acme, Bolt &amp; Co, Corner and 2 more',
      '• *Dan Wu*: Dune',
    ].join('\n'),
  );
});

it('fits into a message, however long the names', () => {
  const { blocks, text } = adminSummaryMessage({ summaryId: 's', kept: kept(20, '<&>'.repeat(200)) });
  expect(() => checkMessageBlocks(JSON.parse(JSON.stringify(blocks)))).not.toThrow();
  expect(text.length).toBeLessThanOrEqual(4_000);
});
