import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readCadence,
  readMention,
  readTimeOfDay,
  splitFirst,
  unescapeSlack,
} from '../../../src/slack/command/command-words.ts';
import { harmless } from '../../../src/slack/kit/text.ts';

describe('the other words', () => {
  it('understands what Slack makes of special characters', () => {
    expect(unescapeSlack('Smith &amp; Sons &lt;3')).toBe('Smith & Sons <3');
    expect(unescapeSlack('won <http://acme.com|acme.com> 4514 USD')).toBe('won acme.com 4514 USD');
    expect(unescapeSlack('need Acme <@U1|dana> <#C1|sales> heard it')).toBe(
      'need Acme @dana #sales heard it',
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unescapeSlack(harmless(text))).toBe(text.trim());
      }),
    );
  });

  it('parts the first word from the rest', () => {
    expect(splitFirst('  Won  Acme 4514\nUSD ')).toEqual({ word: 'won', rest: 'Acme 4514\nUSD' });
    expect(splitFirst('')).toEqual({ word: '', rest: '' });
  });

  it('takes a mention for a manager, and says what to do with a plain name', () => {
    expect(readMention('<@U012AB|dana>')).toEqual({ slackUserId: 'U012AB' });
    expect(readMention('<@W012AB>')).toEqual({ slackUserId: 'W012AB' });
    expect(readMention('@dana')).toHaveProperty('unclear', expect.stringContaining('@dana'));
    expect(readMention('')).toHaveProperty('unclear', expect.stringContaining('Who leads you?'));
  });

  it('knows how often a digest may come', () => {
    expect(readCadence('Weekly')).toEqual({ cadence: 'weekly' });
    expect(readCadence('stop')).toEqual({ cadence: 'off' });
    expect(readCadence('hourly')).toHaveProperty('unclear', expect.stringContaining('hourly'));
  });
});

describe('a time of day', () => {
  it.each([
    ['8:30', 510],
    ['08.30', 510],
    ['9', 540],
    ['2pm', 840],
    ['12 am', 0],
    ['12:15 pm', 735],
  ])('is read from %s', (text, promptAt) => {
    expect(readTimeOfDay(text)).toEqual({ promptAt });
  });

  it.each(['', '25:00', '8:61', '13pm', 'soon'])('is asked for again after "%s"', (text) => {
    expect(readTimeOfDay(text)).toHaveProperty('unclear');
  });
});
