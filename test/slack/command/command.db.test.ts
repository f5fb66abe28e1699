import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/db/store.ts';
import { savePlaybook } from '../../../src/db/who/workspace.ts';
import { takePeople } from '../../../src/flow/people/take-people.ts';
import { answerCommand } from '../../../src/slack/command/command.ts';
import { SUBCOMMANDS } from '../../../src/slack/command/command-table.ts';
import { ANA } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { Typing, textsIn } from '../typed/typing.ts';

const store = useStore();
let ana: Typing;
beforeEach(async () => {
  ana = await Typing.begin(store());
});

describe('/whatsnext', () => {
  it('tells somebody new how to begin', async () => {
    expect(await ana.answer('')).toContain('Nothing of yours stands open');
  });

  it('takes an order, and then shows its door and its story', async () => {
    await ana.answer('won Acme 4,514.00 USD');
    expect(await ana.press('New client: Acme')).toContain(
      'The order from *Acme* for 4,514 USD is in. They are new',
    );
    expect(await ana.answer('doors')).toContain('Acme');
    expect(await ana.answer('acme')).toContain('Won 4,514 USD on Mon 23 Nov');
  });

  it('lets the accounts decide where a name ends', async () => {
    await ana.won('"Forever 21" 100 USD');
    await ana.answer('won Forever 21 200 USD');
    expect(await ana.press('Another order')).toContain('*Forever 21* for 200 USD');
    expect(await ana.answer('forever 21')).toContain('2 won: 300 USD');
    expect(await ana.answer('need Forever 21 a second line about 20k EUR by 2027-01-15')).toContain(
      '*Forever 21* needs: “a second line” · about 20,000 EUR · by Fri 15 Jan 2027',
    );
    expect(await ana.answer('need Forever 21 a third line by Friday')).toContain(
      '“a third line” · by Fri 27 Nov',
    );
  });

  it('understands what Slack makes of special characters, and lets no name call the channel', async () => {
    await ana.answer('won Smith &amp; Sons 5 USD');
    expect(await ana.press('New client')).toContain('*Smith &amp; Sons* for 5 USD');
    expect(await ana.answer('&lt;!channel&gt;')).not.toContain('<!channel>');
  });

  it('names what may have been meant by a slip in a command', async () => {
    await ana.won('Acme Labs 5 USD');
    expect(await ana.answer('hlep')).toContain('`/whatsnext help`');
    await ana.answer('wno Acme Labs 300 EUR');
    expect(ana.buttons).toContain('Acme Labs · 300 EUR');
    await ana.press('Acme Labs · 300 EUR');
    expect(await ana.press('Another order')).toContain('*Acme Labs* for 300 EUR');
  });

  it('shows the story of whom a slip of the fingers meant, once that is said', async () => {
    await ana.won('Acme Labs 5 USD');
    expect(await ana.answer('acme lasb')).toContain("I don't know “acme lasb”. Did you mean this one?");
    expect(await ana.press('Acme Labs')).toContain('Won 5 USD');
  });

  it('takes a word of its own for an account where more follows it', async () => {
    await ana.won('"Help Scout" 5 USD');
    expect(await ana.answer('help scout')).toContain('Won 5 USD');
    expect(await ana.answer('help')).toContain('I keep your doors open');
  });

  it('turns the digest of a channel on and off, and says that a DM is no place for one', async () => {
    expect(await ana.answer('digest weekly')).toMatch(
      /comes here every week, first on \w+ \d+ \w+ at \d\d:\d\d/,
    );
    expect(await ana.answer('digest off')).toContain('No more digests here');
    expect(await ana.answer('digest weekly', 'D1')).toContain('A digest goes to a channel');
  });

  it('keeps who leads a rep', async () => {
    expect(await ana.answer('manager <@UBEN|ben>')).toContain('<@UBEN> leads you');
    expect(await ana.answer('manager <@UANA|ana>')).toContain('That is you');
  });

  it.each(SUBCOMMANDS.map(({ usage }) => usage))('answers its own example: %s', async (usage) => {
    const text = await ana.answer(usage.replace('/whatsnext', '').replace('@dana', '<@UBEN|ben>'));
    expect(text).not.toContain('Something went wrong');
  });

  it('gives back what it could not read', async () => {
    for (const typed of ['need Betasoft a line by 2026-02-30']) {
      expect(await ana.answer(typed)).toContain(`You typed: /whatsnext ${typed}`);
    }
    expect(await ana.answer('need')).not.toContain('You typed');
  });

  it("reads amounts in the workspace's currency, and days where the rep is", async () => {
    const { flow, workspaceId, clock } = ana.office;
    await flow.store.transaction((tx) => savePlaybook(tx, workspaceId, { currency: 'CHF' }, clock.now()));
    await takePeople(flow, workspaceId, [{ ...ANA, timeZone: 'Pacific/Honolulu' }]);
    await ana.answer('won Acme 4514');
    expect(await ana.press('New client: Acme ·')).toContain('*Acme* for 4,514 CHF');
    expect(await ana.answer('need Acme a second line by tomorrow')).toContain('by Mon 23 Nov');
  });

  it('answers in a plain sentence when the database is away, and keeps the reason for the log', async () => {
    const away = () => Promise.reject(new Error('the database is away'));
    const broken = { ...ana.office.flow, store: { read: away, transaction: away } as unknown as Store };
    const { text, blocks } = await answerCommand(broken, ana.asked('won Acme 5 USD'));
    expect(text).toContain('Please try it again in a minute.');
    expect(blocks.flatMap(textsIn)).toContain('You typed: /whatsnext won Acme 5 USD');
    expect(ana.failures.splice(0)).toEqual([expect.stringContaining('A command failed')]);
  });
});
