import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DigestView } from '../../../src/flow/show/views.ts';
import { checkMessageBlocks } from '../../../src/sandbox/stand-in/check.ts';
import { digestMessage } from '../../../src/slack/digest/digest.ts';
import { anyDigest } from '../any-view.ts';

const digest: DigestView = {
  digestId: 'd1',
  cadence: 'weekly',
  timeZone: 'Europe/Lisbon',
  figures: {
    from: new Date('2026-11-16T00:00:00Z'),
    to: new Date('2026-11-23T00:00:00Z'),
    won: {
      count: 3,
      amounts: [
        { value: '4514', currency: 'USD' },
        { value: '99.5', currency: 'EUR' },
      ],
    },
    verified: 2,
    needs: 5,
    begun: 1,
    medianDaysToVerified: 4.25,
    openDoors: 12,
  },
  waiting: [
    {
      account: 'Acme',
      question: 'deliver',
      since: new Date('2026-10-05T09:00:00Z'),
      rep: 'Ana',
      slackUserId: 'U1',
    },
    {
      account: 'Betasoft',
      question: 'verify',
      since: new Date('2026-11-02T09:00:00Z'),
      rep: 'Bo',
      slackUserId: null,
    },
  ],
  unmatched: [{ name: 'Markita Hansen', engagements: 7 }],
};
const nothing = { count: 0, amounts: [] };
const quiet: DigestView = {
  ...digest,
  figures: { ...digest.figures, won: nothing, verified: 0, needs: 0, begun: 0, medianDaysToVerified: null },
  waiting: [],
  unmatched: [],
};

describe('the digest', () => {
  it('tells what came of the week and which doors have waited longest', () => {
    expect(digestMessage(digest)).toMatchSnapshot();
  });

  it('calls a value that was verified on the day of the close no day old', () => {
    const figures = { ...digest.figures, verified: 1, medianDaysToVerified: 0.01 };
    expect(digestMessage({ ...digest, figures }).text).toContain(
      'verified* with the client, within a day of',
    );
  });

  it('says in one sentence that there is nothing to report', () => {
    expect(digestMessage(quiet)).toMatchSnapshot();
    const day = digestMessage({ ...quiet, cadence: 'daily', figures: { ...quiet.figures, openDoors: 1 } });
    expect(day.text).toContain('A quiet day, with nothing new to report; one door stands open.');
  });

  it('never adds different currencies up', () => {
    expect(digestMessage(digest).text).toContain('*3 closed*: 4,514 USD and 99.50 EUR');
  });

  it('is taken by Slack whatever was won and however many doors wait', () => {
    fc.assert(
      fc.property(anyDigest, (any) => {
        const { text, blocks } = digestMessage(any);
        checkMessageBlocks(JSON.parse(JSON.stringify(blocks)));
        expect(text.length).toBeLessThanOrEqual(4_000);
        expect(JSON.stringify(blocks).includes('Waiting longest')).toBe(any.waiting.length > 0);
      }),
      { numRuns: 40 },
    );
  });
});
