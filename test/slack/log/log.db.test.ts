import { describe, expect, it } from 'vitest';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, type Mode, SlackSide } from '../slack-side.ts';

const store = useStore();
const SALES = { id: 'C0SALES', name: 'sales', members: [ANA.id], botIsMember: true };

/** Ana, who may be where the bot is no member. */
async function open(mode: Mode = 'socket'): Promise<SlackSide> {
  return await SlackSide.open(store(), mode, { channels: [SALES] });
}

async function formOf({ slack }: SlackSide) {
  return await slack.until('the form', () => slack.openViews(ANA.id)[0]);
}

/** Types a client's name into the form and picks what is offered first, or what reads so. */
async function picked({ slack }: SlackSide, viewId: string, value: string, text?: string): Promise<string> {
  const found = await slack.suggest(ANA.id, { viewId }, { actionId: 'form_client', value });
  const options = found.ok ? found.options : [];
  return options.find((option) => text === undefined || option.text === text)?.value ?? 'nothing offered';
}

async function accountOf({ flow, slack }: SlackSide, name: string) {
  const who = { workspaceId: slack.team.id, slackUserId: ANA.id };
  const shown = await showAccount(flow, { ...who, client: { name }, limit: 9 });
  if (shown.kind !== 'found') throw new Error(`${name} is not known`);
  return shown.view;
}

function onTop({ slack }: SlackSide): string {
  return JSON.stringify(slack.openViews(ANA.id).at(-1)?.view.blocks);
}

describe.each<Mode>(['socket', 'http'])('shortcuts, over %s', (mode) => {
  it('capture a need in the words of a message, with a link to it', async () => {
    const side = await open(mode);
    const { slack } = side;
    await slack.say(ANA.id, SALES.id, 'They ask for a second line');
    const [message] = slack.messages(SALES.id);
    await slack.shortcut(ANA.id, 'capture_need', { channel: SALES.id, ts: message?.ts ?? '' });
    const form = await formOf(side);
    expect(JSON.stringify(form.view.blocks)).toContain('They ask for a second line');
    const client = await picked(side, form.id, 'acm');
    await slack.submit(ANA.id, form.id, { client: { form_client: client }, estimate: { value: '20k EUR' } });
    expect(onTop(side)).toContain('*Acme* needs: “They ask for a second line” · about 20,000 EUR');
    expect((await accountOf(side, 'Acme')).needs).toMatchObject([
      {
        words: 'They ask for a second line',
        link: `https://acme-sales.slack.com/archives/C0SALES/p${message?.ts.replace('.', '')}`,
      },
    ]);
  });

  it('log an order of a client who is new by the word of the rep', async () => {
    const side = await open(mode);
    await side.slack.shortcut(ANA.id, 'log_order');
    const form = await formOf(side);
    const client = await picked(side, form.id, 'Newco', 'New client: Newco');
    const typed = { client: { form_client: client }, amount: { value: '20 000 EUR' } };
    await side.slack.submit(ANA.id, form.id, typed);
    expect(onTop(side)).toContain('The order from *Newco* for 20,000 EUR is in.');
    expect((await accountOf(side, 'Newco')).won).toMatchObject({ count: 1 });
  });

  it('show what stands open, and let it be answered there', async () => {
    const side = await open(mode);
    await side.slack.shortcut(ANA.id, 'whats_next');
    expect(JSON.stringify((await formOf(side)).view.blocks)).toContain('*Acme* · GTX Pro');
  });
});

describe('the form for an order', () => {
  it('says under an amount that it cannot be read', async () => {
    const side = await open();
    await side.slack.shortcut(ANA.id, 'log_order');
    const form = await formOf(side);
    const client = await picked(side, form.id, 'acme', 'Acme');
    const typed = { client: { form_client: client }, amount: { value: 'much' } };
    expect(await side.slack.submit(ANA.id, form.id, typed)).toMatchObject({
      errors: { amount: expect.stringContaining("I can't read that amount") },
    });
  });

  it('asks which order it is where it may be one that is known', async () => {
    const side = await open();
    await side.slack.shortcut(ANA.id, 'log_order');
    const form = await formOf(side);
    const client = await picked(side, form.id, 'acme', 'Acme');
    await side.slack.submit(ANA.id, form.id, { client: { form_client: client } });
    expect(onTop(side)).toContain("Which order of Acme's is that?");
    const view = side.slack.openViews(ANA.id).at(-1);
    await side.slack.click(ANA.id, { viewId: view?.id ?? '' }, { actionId: 'typed_meant:0' });
    await side.slack.until('the answer', () => onTop(side).includes('in already') || undefined);
  });
});

describe('a mention in a channel', () => {
  it('shows the account to who asked, and to nobody else', async () => {
    const side = await open();
    const { slack } = side;
    await slack.say(ANA.id, SALES.id, '@whatsnext Acme');
    const card = await slack.until('the card', () =>
      slack.messages(SALES.id, ANA.id).find(({ ephemeralFor }) => ephemeralFor),
    );
    expect(card.ephemeralFor).toBe(ANA.id);
    expect(JSON.stringify(card.blocks)).toContain('One deal');
    expect(slack.messages(SALES.id)).toHaveLength(1);
  });
});
