import type { types } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { inBrowser, soon } from './page-browser.ts';
import { messageGallery } from './page-gallery.ts';
import { ANA, BEN, SALES } from './page-world.ts';

const open = inBrowser();
const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });

describe('a message', () => {
  it('is drawn block by block', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    await tellAna('all', messageGallery(`${world.url}page/door.svg`));
    await lookAsAna();
    const words = at('block:section').first();
    await soon(() => words.innerText()).toContain('What’s next?');
    expect(await at('block:header').innerText()).toBe('You closed Acme 🎉');
    expect(await words.locator('strong').innerText()).toBe('What’s next?');
    expect(await words.locator('em').innerText()).toBe('GTX Pro');
    expect(await words.locator('s').innerText()).toBe('5,000');
    expect(await words.locator('code').innerText()).toBe('4,514 USD');
    expect(await words.locator('blockquote').innerText()).toBe('"We finally ship on Fridays"');
    expect(await words.locator('.mention').allInnerTexts()).toEqual(['@Ana Lima', '#sales']);
    expect(await words.getByRole('link', { name: 'The deal' }).getAttribute('href')).toBe(
      'https://example.com/acme',
    );
    expect(await words.innerText()).toContain('2*3*4 stays, so does snake_case_name & ');
    expect(await at('block:rich_text').locator('li').allInnerTexts()).toEqual(['A second site', 'Training']);
    expect(await at('block:table').getByRole('row').count()).toBe(3);
    expect(await at('block:table').getByRole('columnheader').allInnerTexts()).toEqual(['Account', 'Won']);
    const chart = at('block:data_visualization').getByRole('img');
    expect(await chart.getAttribute('aria-label')).toBe(
      'Closed and verified. Closed: Oct 12, Nov 19, Dec 8; Verified: Oct 7, Nov 15, Dec 8',
    );
    expect(await chart.locator('rect').count()).toBe(6);
    expect(await at('block:divider').count()).toBe(1);
    expect(await at('block:context').innerText()).toBe('Asked because Acme was won today · 🔔 first time');
    expect(
      await page.getByAltText('A door').evaluate((it: HTMLImageElement) => it.naturalWidth),
    ).toBeGreaterThan(0);
    expect(await at('block:context').getByAltText('A small door').count()).toBe(1);
    expect(await at('cannot-draw').count()).toBe(0);
  });

  it('names a block that it cannot draw', async () => {
    const { page, at, lookAsAna, tellAna } = open();
    await tellAna('odd', [{ type: 'section', block_id: 'odd', text: plain('x') }]);
    await page.route('**/api/desk*', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ body: (await answer.text()).replace('"type":"section"', '"type":"hologram"') });
    });
    await lookAsAna();
    await soon(() => at('cannot-draw').innerText()).toBe('cannot draw block “hologram”');
  });

  it('never runs what somebody wrote', async () => {
    const { at, lookAsAna, tellAna } = open();
    const nasty = '<img src=x onerror=alert(1)> <javascript:alert(1)|press> <b>bold</b>';
    await tellAna(nasty);
    await lookAsAna();
    await at('composer').fill('<script>alert(1)</script>');
    await at('composer').press('Enter');
    await soon(() => at('message').count()).toBe(2);
    expect(await at('message').last().innerText()).toContain('<script>alert(1)</script>');
    expect(await at('messages').locator('a, script, img:not(.avatar), b').count()).toBe(0);
  });

  it('changes on the page when the app changes it', async () => {
    const { world, at, lookAsAna, tellAna } = open();
    const ts = await tellAna('Waiting');
    await lookAsAna();
    await soon(() => at('message').innerText()).toContain('Waiting');
    await world.app.client.chat.update({ channel: world.standIn.dm(ANA), ts, text: 'Answered' });
    await soon(() => at('message').innerText()).toContain('Answered');
    expect(await at('edited').count()).toBe(1);
  });

  it('tells the app what is picked, and asks first where it wants to be asked', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    const picked: string[] = [];
    world.app.action(/.*/, async ({ ack, action }) => {
      await ack();
      picked.push(JSON.stringify([(action as { action_id: string }).action_id, pickedValue(action)]));
    });
    await tellAna('all', messageGallery(`${world.url}page/door.svg`));
    await lookAsAna();
    await at('element:drop').click();
    await at('confirm-no').click();
    await at('element:drop').click();
    await at('confirm-yes').click();
    await soon(() => picked).toEqual(['["drop",null]']);
    await at('element:stage').selectOption('develop');
    await soon(() => picked).toHaveLength(2);
    await at('element:when').fill('2026-12-04');
    await soon(() => picked).toHaveLength(3);
    await at('element:more').click();
    await page.getByRole('menuitem', { name: 'Hand over' }).click();
    await soon(() => picked.slice(1)).toEqual([
      '["stage","develop"]',
      '["when","2026-12-04"]',
      '["more","hand"]',
    ]);
    expect(await at('element:stage').inputValue()).toBe('develop');
  });
});

describe('the page', () => {
  it('answers a slash command to its writer alone', async () => {
    const { world, page, at } = open();
    world.app.command('/whatsnext', ({ ack, command }) => ack({ text: `You asked for ${command.text}` }));
    await page.goto(`${world.url}#${ANA}/${SALES}`);
    await at('composer').fill('/whats');
    expect(await at('command-hints').innerText()).toContain('/whatsnext help');
    await at('composer').fill('/whatsnext Acme');
    await at('composer').press('Enter');
    await soon(() => at('message').innerText()).toContain('You asked for Acme');
    expect(await at('only-you').innerText()).toContain('Only visible to you');
    await at('act-as:ben').click();
    await at('conversation:sales').click();
    await soon(() => page.url()).toBe(`${world.url}#${BEN}/${SALES}`);
    await soon(() => at('message').count()).toBe(0);
  });

  it('gives an unanswered command back to its writer, with Slack’s words', async () => {
    const { at, lookAsAna } = open();
    await lookAsAna();
    await at('composer').fill('/whatsnext Acme');
    await at('composer').press('Enter');
    await soon(() => at('notice').innerText()).not.toBe('');
    await soon(() => at('composer').inputValue()).toBe('/whatsnext Acme');
  });

  it('shows replies under the message they answer', async () => {
    const { world, at, lookAsAna, tellAna } = open();
    await tellAna('You closed Acme. What’s next?');
    await lookAsAna();
    await at('message').hover();
    await at('reply').click();
    await at('thread-composer').fill('They want training');
    await at('thread-composer').press('Enter');
    await soon(() => at('thread').getByTestId('reply-message').innerText()).toContain('They want training');
    const [, reply] = world.standIn.messages(world.standIn.dm(ANA));
    expect(reply).toMatchObject({ text: 'They want training', threadTs: expect.any(String) });
  });

  it('marks what is unread until its reader looks', async () => {
    const { world, at, lookAsAna } = open();
    await lookAsAna();
    await world.app.client.chat.postMessage({ channel: SALES, text: 'Digest' });
    const mark = at('conversation:sales').getByTestId('unread');
    await soon(() => mark.innerText()).toBe('1');
    await at('conversation:sales').click();
    await soon(() => mark.count()).toBe(0);
  });

  it('draws the Home that the app publishes when it is opened', async () => {
    const { world, at, lookAsAna } = open();
    world.app.event('app_home_opened', async ({ event, client }) => {
      const blocks: types.KnownBlock[] = [{ type: 'header', text: plain('Your open doors') }];
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
    });
    await lookAsAna();
    await at('tab:home').click();
    await soon(() => at('home').innerText()).toBe('Your open doors');
  });

  it('wins, loses, moves and adds deals, and moves the clock', async () => {
    const { world, page, at, lookAsAna } = open();
    await lookAsAna();
    await at('deal:D-1').getByTestId('win').click();
    await soon(() => at('deal:D-1').locator('.deal-status').innerText()).toBe('won');
    await soon(() => at('log').innerText()).toContain('202 {"accepted":1,"duplicates":0}');
    await at('deal:D-2').getByTestId('lose').click();
    await soon(() => at('deal:D-2').locator('.deal-status').innerText()).toBe('lost');
    await at('deal:D-3').getByTestId('move').selectOption('close');
    await soon(() => at('deal:D-3').locator('.deal-status').innerText()).toBe('close');
    await at('new-deal').click();
    await page.getByLabel('Account', { exact: true }).fill('Acme');
    await page.getByLabel('Deal', { exact: true }).fill('Second site');
    await page.getByLabel('Amount').fill('900');
    await page.getByRole('button', { name: 'Add deal' }).click();
    await soon(() => at('panel').innerText()).toContain('Second site · 900 USD');
    await at('clock:week').click();
    await soon(() => at('clock').innerText()).toContain('Monday 30 November');
    expect(world.happened).toEqual(['win D-1', 'lose D-2', 'move D-3 close', 'add Acme', 'clock week']);
  });
});

describe('on a phone', () => {
  it('leaves room to read, to write and to act, and scrolls in one direction only', async () => {
    const { page, at, lookAsAna, tellAna } = open();
    await page.setViewportSize({ width: 420, height: 900 });
    await tellAna(`You closed ${'Mountainview Hospitality Group of Companies '.repeat(3)}`);
    await lookAsAna();
    await soon(() => at('message').count()).toBe(1);
    for (const part of ['message', 'composer', 'panel', 'deal:D-1']) {
      expect((await at(part).boundingBox())?.width, part).toBeGreaterThan(300);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(420);
    await at('deal:D-1').getByTestId('win').click();
    await soon(() => at('deal:D-1').locator('.deal-status').innerText()).toBe('won');
    await at('act-as:ben').click();
    await at('conversation:sales').click();
  });
});

function pickedValue(action: object): unknown {
  const picked = action as {
    value?: string;
    selected_date?: string;
    selected_option?: { value: string };
  };
  return picked.value ?? picked.selected_date ?? picked.selected_option?.value ?? null;
}
