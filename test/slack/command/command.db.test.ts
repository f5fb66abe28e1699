import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { Store } from '../../../src/db/store.ts';
import { savePlaybook } from '../../../src/db/who/workspace.ts';
import { DEFAULT_PLAYBOOK } from '../../../src/domain/asking/playbook.ts';
import { takePeople } from '../../../src/flow/people/take-people.ts';
import type { Flow, Person } from '../../../src/flow/ports.ts';
import { checkMessageBlocks } from '../../../src/sandbox/stand-in/check.ts';
import { answerCommand } from '../../../src/slack/command/command.ts';
import { SUBCOMMANDS } from '../../../src/slack/command/command-table.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const failures: string[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (data: object, message: string) => void failures.push(`${message} ${JSON.stringify(data)}`),
};
const neverSent = () => Promise.reject(new Error('a command sends nothing itself'));
let store: Store;
let flow: Flow;
let typed = 0;

beforeAll(async () => {
  store = await Store.open({
    databaseUrl: inject('databaseUrl') ?? undefined,
    onError: (error) => log.error(error, ''),
  });
  flow = {
    store,
    slackOf: () => ({
      turn: neverSent,
      openDm: neverSent,
      sendBundle: neverSent,
      findBundle: neverSent,
      redrawBundle: neverSent,
      sendDigest: neverSent,
      sendRefusedDigest: neverSent,
      sendAdminSummary: neverSent,
      people: async () => ({ people: [], nextCursor: null }),
      personByEmail: async () => null,
      person: async (id) => (id.startsWith('U') ? somebody(id) : null),
    }),
    now: () => NOW,
    log,
    defaults: { ...DEFAULT_PLAYBOOK, timeZone: 'Europe/Lisbon' },
  };
});
afterAll(async () => await store.close());

/** Each test is a workspace of its own. */
let workspaceId: string;
beforeEach(() => {
  failures.length = 0;
  typed += 1;
  workspaceId = `T${Date.now()}${typed}`;
});

describe('/whatsnext', () => {
  it('tells somebody new how to begin', async () => {
    expect(await answer('')).toContain('Nothing of yours stands open');
  });

  it('keeps an order, and then shows its door and its story', async () => {
    expect(await answer('won Acme 4,514.00 USD')).toContain("I've kept the order from *Acme* for 4,514 USD");
    expect(await answer('doors')).toContain('Does Acme see the value?');
    expect(await answer('acme')).toMatch(/Won 4,514 USD on Mon 23 Nov.*The value is yet to be confirmed/s);
  });

  it('lets the accounts decide where a name ends', async () => {
    await answer('won "Forever 21" 100 USD');
    expect(await answer('won Forever 21 200 USD')).toContain('*Forever 21* for 200 USD');
    expect(await answer('forever 21')).toContain('2 won: 300 USD');
    expect(await answer('need Forever 21 a second line about 20k EUR by 2027-01-15')).toContain(
      'Kept for *Forever 21*: “a second line” · about 20,000 EUR · by Fri 15 Jan 2027',
    );
    expect(await answer('need Forever 21 a third line by Friday')).toContain(
      '“a third line” · by Fri 27 Nov',
    );
  });

  it('takes a bare number for an amount where no account bears it', async () => {
    expect(await answer('won Acme 4514')).toContain('*Acme* for 4,514 USD');
  });

  it('understands what Slack makes of special characters, and lets no name call the channel', async () => {
    expect(await answer('won Smith &amp; Sons 5 USD')).toContain('*Smith &amp; Sons* for 5 USD');
    expect(await answer('&lt;!channel&gt;')).not.toContain('<!channel>');
  });

  it('names what may have been meant', async () => {
    await answer('won Acme Labs 5 USD');
    await answer('won Acme Works 5 USD');
    expect(await answer('acme')).toMatch(/"Acme Labs".*"Acme Works"/s);
    expect(await answer('hlep')).toContain('`/whatsnext help`');
    expect(await answer('need Betasoft a second line')).toContain('no account called “Betasoft”');
    expect(await answer('wno Acme Labs 300 EUR')).toContain('`/whatsnext won Acme Labs 300 EUR`');
    expect(await answer('acme lasb')).toContain('`/whatsnext "Acme Labs"`');
    expect(await answer('need Acme Lasb: a second line')).toContain(
      '`/whatsnext need "Acme Labs": a second line`',
    );
  });

  it('makes no new account of a slip of the fingers, unless its name stands in quotes', async () => {
    await answer('won Acme 5 USD');
    const back = await answer('won Amce 20k EUR');
    expect(back).toContain('I know no account called “Amce” yet. Did you mean this?');
    expect(back).toContain('`/whatsnext won Acme 20k EUR`');
    expect(back).toContain('put its name in quotes: `/whatsnext won "Amce" 20k EUR`');
    expect(await answer('amce')).toContain('no account called “amce”');
    expect(await answer('won "Amce" 20k EUR')).toContain('*Amce* for 20,000 EUR. They are new to me.');
    expect(await answer('won Acme 7 USD')).not.toContain('new to me');
  });

  it.each(['Acme 5 dollers', 'Acme 5 usd please', 'acme -5', 'Acme 99999999999999999999'])(
    'makes no new account of an amount that it cannot read: %s',
    async (typed) => {
      await answer('won Acme 5 USD');
      const back = await answer(`won ${typed}`);
      expect(back).toContain(`I couldn't read the amount in “${typed.slice(5)}”.`);
      expect(back).toContain('`/whatsnext won Acme 4514 USD`');
      expect(back).toContain(`\`/whatsnext won "Acme ${typed.slice(5)}"\``);
      expect(back).toContain(`You typed: /whatsnext won ${typed}`);
    },
  );

  it('asks which account it is where several begin with the name', async () => {
    await answer('won Acme Labs 5 USD');
    await answer('won Acme Works 5 USD');
    expect(await answer('won Acme 20k')).toMatch(
      /won "Acme Labs" 20k.*won "Acme Works" 20k.*won "Acme" 20k/s,
    );
  });

  it('takes a word of its own for an account where more follows it', async () => {
    await answer('won "Help Scout" 5 USD');
    expect(await answer('help scout')).toContain('Won 5 USD');
    expect(await answer('help')).toContain('I keep your doors open');
  });

  it('turns the digest of a channel on and off, and says that a DM is no place for one', async () => {
    expect(await answer('digest weekly')).toMatch(/comes here every week, first on \w+ \d+ \w+ at \d\d:\d\d/);
    expect(await answer('digest off')).toContain('No more digests here');
    expect(await answer('digest weekly', 'D1')).toContain('A digest goes to a channel');
  });

  it('keeps who leads a rep', async () => {
    expect(await answer('manager <@U2|dana>')).toContain('<@U2> leads you');
    expect(await answer('manager <@U1|ana>')).toContain('That is you');
  });

  it.each(SUBCOMMANDS.map(({ usage }) => usage))('answers its own example: %s', async (usage) => {
    const text = await answer(usage.replace('/whatsnext', '').replace('@dana', '<@U2|dana>'));
    expect(text).not.toContain('Something went wrong');
  });

  it('gives back what it could not keep', async () => {
    for (const typed of ['need Betasoft they need a second line', 'won Acme 4.514 EUR']) {
      expect(await answer(typed)).toContain(`You typed: /whatsnext ${typed}`);
    }
    expect(await answer('need')).not.toContain('You typed');
  });

  it("reads amounts in the workspace's currency, and days where the rep is", async () => {
    await store.transaction((tx) => savePlaybook(tx, workspaceId, { currency: 'CHF' }, NOW));
    const person = { ...somebody('U1'), timeZone: 'Pacific/Honolulu' };
    await takePeople(flow, workspaceId, [person]);
    expect(await answer('won Acme 4514')).toContain('*Acme* for 4,514 CHF');
    expect(await answer('need Acme a second line by tomorrow')).toContain('by Mon 23 Nov');
  });

  it('takes an order only once', async () => {
    await answer('won Acme 5 USD');
    expect(await answer('won Acme 5 USD')).toContain("Acme's order is already in");
  });

  it('answers in a plain sentence when the database is away, and keeps the reason for the log', async () => {
    const broken = { ...flow, store: { read: neverSent, transaction: neverSent } as unknown as Store };
    const { text, blocks } = await answerCommand(broken, asked('won Acme 5 USD'));
    expect(text).toContain('Please try it again in a minute.');
    expect(blocks.flatMap(textsIn)).toContain('You typed: /whatsnext won Acme 5 USD');
    expect(failures.splice(0)).toEqual([expect.stringContaining('A command failed')]);
  });
});

/** What the person reads: the blocks, which Slack has to take, as one text. */
async function answer(text: string, channelId = 'C1'): Promise<string> {
  const { blocks } = await answerCommand(flow, asked(text, channelId));
  checkMessageBlocks(JSON.parse(JSON.stringify(blocks)));
  expect(failures).toEqual([]);
  return blocks.flatMap(textsIn).join('\n');
}

function asked(text: string, channelId = 'C1') {
  typed += 1;
  return { workspaceId, slackUserId: 'U1', key: `command:${workspaceId}:${typed}`, channelId, text, at: NOW };
}

function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

function somebody(slackUserId: string): Person {
  const name = slackUserId.toLowerCase();
  return {
    ...{ slackUserId, name, realName: name, displayName: '', email: null },
    ...{ timeZone: 'Europe/Lisbon', active: true },
  };
}
