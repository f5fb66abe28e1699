import { describe, expect, it } from 'vitest';
import { formatDate } from '../../src/sandbox/page/dates.ts';
import { parseInline, parseMrkdwn, parsePlain } from '../../src/sandbox/page/mrkdwn.ts';

const text = (words: string) => ({ kind: 'text', text: words });
const styled = (style: object, words: string) => ({ kind: 'styled', style, of: [text(words)] });

describe('mrkdwn', () => {
  it('knows bold, italic, strike and code', () => {
    expect(parseInline('*a* _b_ ~c~ `d`')).toEqual([
      styled({ bold: true }, 'a'),
      text(' '),
      styled({ italic: true }, 'b'),
      text(' '),
      styled({ strike: true }, 'c'),
      text(' '),
      { kind: 'text', text: 'd', style: { code: true } },
    ]);
  });

  it.each([
    '2*3*4',
    'snake_case_name',
    '* not bold *',
    '*open',
    'a ~ b ~ c',
    '10:30:00',
    '**',
    '<>',
    ':not an emoji:',
  ])('leaves %s as it stands', (words) => expect(parseInline(words)).toEqual([text(words)]));

  it('nests styles and keeps marks inside links and code from closing them', () => {
    expect(parseInline('*a <https://x.example/*b|c>*')).toEqual([
      {
        kind: 'styled',
        style: { bold: true },
        of: [text('a '), { kind: 'link', url: 'https://x.example/*b', of: [text('c')] }],
      },
    ]);
  });

  it('reads mentions, channels, groups, broadcasts and dates', () => {
    expect(
      parseInline('<@U1><#C1|sales><!subteam^S1><!here><!date^60^{time}^https://x.example|then>'),
    ).toEqual([
      { kind: 'user', id: 'U1' },
      { kind: 'channel', id: 'C1', label: 'sales' },
      { kind: 'group', id: 'S1' },
      { kind: 'broadcast', range: 'here' },
      { kind: 'date', timestamp: 60, format: '{time}', url: 'https://x.example', fallback: 'then' },
    ]);
  });

  it('turns only Slack’s three entities back, and once', () => {
    expect(parseInline('&lt;b&gt; &amp;lt; &quot;')).toEqual([text('<b> &lt; &quot;')]);
  });

  it('gathers quotes and fenced code, and keeps other line breaks', () => {
    expect(parseMrkdwn('a\nb\n> c\n&gt; d\n```\n*e*\n```\nf')).toEqual([
      { kind: 'paragraph', of: [text('a\nb')] },
      { kind: 'quote', of: [text('c\nd')] },
      { kind: 'pre', text: '*e*' },
      { kind: 'paragraph', of: [text('f')] },
    ]);
  });

  it('draws nothing but emoji in plain text', () => {
    expect(parsePlain('*a* :tada:')).toEqual([text('*a* '), { kind: 'emoji', name: 'tada' }]);
    expect(parsePlain(':tada:', false)).toEqual([text(':tada:')]);
  });
});

describe('dates in messages', () => {
  const now = new Date('2026-11-23T23:30:00Z');
  const noon = Date.parse('2026-11-24T12:05:00Z') / 1000;

  it('stand in the reader’s zone, near days by their name', () => {
    expect(formatDate(noon, '{date_short_pretty} at {time}', 'Europe/Lisbon', now)).toBe('tomorrow at 12:05');
    expect(formatDate(noon, '{date_short_pretty} at {time}', 'Asia/Tokyo', now)).toBe('today at 21:05');
    expect(formatDate(noon, '{date_num} {date_long}', 'America/Chicago', now)).toBe(
      '2026-11-24 Tuesday, November 24, 2026',
    );
  });

  it('keeps a token it does not know', () => {
    expect(formatDate(noon, '{era}', 'UTC', now)).toBe('{era}');
  });
});
