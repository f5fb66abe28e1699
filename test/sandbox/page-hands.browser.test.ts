import type { types } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { inBrowser, soon } from './page-browser.ts';
import { ANA } from './page-world.ts';

const open = inBrowser();
const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(`The ${value}`), value });

function button(actionId: string): types.Button {
  return { type: 'button', action_id: actionId, text: plain(actionId), value: actionId };
}

function actions(...elements: types.ActionsBlock['elements']): types.KnownBlock[] {
  return [{ type: 'actions', block_id: 'row', elements }];
}

function modal(...blocks: types.KnownBlock[]): types.ModalView {
  return { type: 'modal', title: plain('Log'), submit: plain('Save'), blocks };
}

/** The focused element, by what tests know it by. */
async function focused(): Promise<string> {
  return await open().page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    return at.dataset.testid ?? at.tagName.toLowerCase();
  });
}

describe('the focus', () => {
  it('goes back to what opened a form when the form is closed by Esc or Close', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    world.app.action('tell', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal() });
    });
    await tellAna('x', actions(button('tell')));
    await lookAsAna();
    for (const close of [() => page.keyboard.press('Escape'), () => at('modal-close').click()]) {
      await at('element:tell').press('Enter');
      await at('modal').waitFor();
      await close();
      await at('modal').waitFor({ state: 'detached' });
      await soon(focused).toBe('element:tell');
    }
  });

  it('stays with the message whose buttons are gone once they are answered', async () => {
    const { world, at, lookAsAna, tellAna } = open();
    const ts = await tellAna('x', actions(button('yes')));
    world.app.action('yes', async ({ ack, client }) => {
      await ack();
      await client.chat.update({ channel: world.standIn.dm(ANA), ts, text: 'Answered', blocks: [] });
    });
    await lookAsAna();
    await at('element:yes').press('Enter');
    await soon(() => at('message').innerText()).toContain('Answered');
    await soon(focused).toBe('message');
  });

  it('stays on a button that the app redraws, and in the panel', async () => {
    const { world, at, lookAsAna } = open();
    let rows = 1;
    const grown = () =>
      modal(...Array.from({ length: rows }, (_, n) => input(`words${n}`)), ...actions(button('more')));
    world.app.action('open', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: grown() });
    });
    world.app.action('more', async ({ ack, body, client }) => {
      await ack();
      rows += 1;
      const { view } = body as { view: { id: string } };
      await client.views.update({ view_id: view.id, view: grown() });
    });
    await open().tellAna('x', actions(button('open')));
    await lookAsAna();
    await at('element:open').click();
    await at('element:more').press('Enter');
    await at('block:input').nth(1).waitFor();
    expect(await focused()).toBe('element:more');
    await at('modal-close').click();
    await at('modal').waitFor({ state: 'detached' });
    await at('deal:D-1').getByTestId('win').press('Enter');
    await soon(() => at('deal:D-1').locator('.deal-status').innerText()).toBe('won');
    await soon(focused).toBe('deal:D-1');
  });
});

it('the first click counts on a button beside a date that was just being chosen', async () => {
  const { world, at, lookAsAna, tellAna } = open();
  const clicked: string[] = [];
  world.app.action(/.*/, async ({ ack, action }) => {
    await ack();
    clicked.push((action as { action_id: string }).action_id);
  });
  const when: types.Datepicker = {
    type: 'datepicker',
    action_id: 'when',
    placeholder: plain('Not yet, ask me on the day that I name here'),
  };
  await tellAna('x', actions(when, button('yes'), button('no')));
  await lookAsAna();
  const before = await at('element:no').boundingBox();
  await at('element:when').click();
  await at('element:when').pressSequentially('04122026');
  expect(await at('element:no').boundingBox()).toEqual(before);
  await at('element:no').click();
  await soon(() => clicked).toEqual(['when', 'no']);
});

describe('slash commands', () => {
  it('are chosen by the arrow keys', async () => {
    const { page, at, lookAsAna } = open();
    await lookAsAna();
    await at('composer').fill('/wh');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await at('composer').inputValue()).toBe('/whatsnext Acme');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('/wh');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    expect(await at('composer').inputValue()).toBe('/whatsnext help');
    expect(await focused()).toBe('composer');
  });

  it('go away on Esc, and Enter then sends what is written', async () => {
    const { world, page, at, lookAsAna } = open();
    world.app.command('/whatsnext', ({ ack, command }) => ack({ text: `You asked for “${command.text}”` }));
    await lookAsAna();
    await at('composer').fill('/whatsnext');
    await page.keyboard.press('Escape');
    expect(await at('command-hints').count()).toBe(0);
    await page.keyboard.press('Enter');
    await soon(() => at('message').innerText()).toContain('You asked for “”');
  });
});

describe('shortcuts', () => {
  it('of a message stand in its menu, the global ones beside the composer', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    const used: unknown[] = [];
    world.app.shortcut(/.*/, async ({ ack, body }) => {
      await ack();
      used.push([body.callback_id, 'message' in body ? body.message.text : undefined]);
    });
    await tellAna('They need a second line');
    await lookAsAna();
    await at('message').hover();
    await at('message-shortcuts').click();
    await page.getByRole('menuitem', { name: 'Capture a need' }).click();
    await soon(() => used).toEqual([['capture', 'They need a second line']]);
    await at('shortcuts').press('Enter');
    await at('shortcut:log_order').waitFor();
    await page.keyboard.press('Enter');
    await soon(() => used).toHaveLength(2);
    expect(used[1]).toEqual(['log_order', undefined]);
    expect(await focused()).toBe('shortcuts');
  });
});

describe('a menu that the app fills', () => {
  it('finds by what is typed, by mouse and by keyboard, and sends what was picked', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    const asked: string[] = [];
    const submitted: unknown[] = [];
    const menu: types.ExternalSelect = { type: 'external_select', action_id: 'account', min_query_length: 1 };
    const whose: types.InputBlock = {
      type: 'input',
      block_id: 'whose',
      label: plain('Whose?'),
      element: menu,
    };
    world.app.action('open', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({
        trigger_id: (body as { trigger_id: string }).trigger_id,
        view: modal(whose),
      });
    });
    world.app.options('account', async ({ ack, payload }) => {
      asked.push(payload.value);
      await ack({
        options: ['acme', 'acorn', 'bluth'].filter((it) => it.includes(payload.value)).map(option),
      });
    });
    world.app.view(/.*/, async ({ ack, view }) => {
      submitted.push(view.state.values.whose?.account?.selected_option?.value);
      await ack();
    });
    await tellAna('x', actions(button('open')));
    await lookAsAna();
    for (const pick of [
      () => page.getByRole('option', { name: 'The acorn' }).click(),
      () => page.keyboard.press('Enter'),
    ]) {
      await at('element:open').click();
      await page.getByLabel('Whose?').fill('ac');
      await page.getByRole('listbox', { name: 'Found' }).getByRole('option').nth(1).waitFor();
      await page.keyboard.press('ArrowDown');
      await pick();
      expect(await page.getByLabel('Whose?').inputValue()).toBe('The acorn');
      await at('modal-submit').click();
      await at('modal').waitFor({ state: 'detached' });
    }
    expect(submitted).toEqual(['acorn', 'acorn']);
    expect(asked).toEqual(['ac', 'ac']);
  });
});

it('what is typed where the app wants to hear of it is told once the typing rests, and when the field is left', async () => {
  const { world, at, lookAsAna, tellAna } = open();
  const heard: unknown[] = [];
  const element: types.PlainTextInput = {
    type: 'plain_text_input',
    action_id: 'text',
    dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
  };
  const words: types.InputBlock = { ...input('words'), dispatch_action: true, element };
  world.app.action('open', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal(words) });
  });
  world.app.action('text', async ({ ack, action }) => {
    await ack();
    heard.push((action as { value: string }).value);
  });
  await tellAna('x', actions(button('open')));
  await lookAsAna();
  await at('element:open').click();
  await at('element:text').pressSequentially('three hours a week');
  await at('modal-close').focus();
  await soon(() => heard.at(-1)).toBe('three hours a week');
  expect(heard.length).toBeLessThan(10);
});

it('a link to a message leads to it in the page', async () => {
  const { world, page, lookAsAna, tellAna } = open();
  const ts = await tellAna('The older question');
  for (let n = 0; n < 30; n += 1) await tellAna(`Message ${n}`);
  const { permalink } = await world.app.client.chat.getPermalink({
    channel: world.standIn.dm(ANA),
    message_ts: ts,
  });
  await tellAna(`Asked <${permalink}|before>`);
  await lookAsAna();
  await page.getByRole('link', { name: 'before' }).click();
  const older = page.locator(`[data-ts="${ts}"]`);
  await soon(() => older.evaluate((it) => it === document.activeElement)).toBe(true);
  await soon(() => older.evaluate((it) => it.getBoundingClientRect().top > 0)).toBe(true);
});

it('the clock says on which day nobody works', async () => {
  const { world, page, at, lookAsAna } = open();
  world.controls.dayOff = async () => 'Christmas Day';
  await lookAsAna();
  await soon(() => at('day-off').innerText()).toBe('Christmas Day');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await at('clock:hour').click({ trial: true });
  expect((await at('clock:hour').boundingBox())?.y).toBeLessThan(200);
});

it('what answers in Slack made of a deal stands on its card', async () => {
  const { world, at, lookAsAna } = open();
  const { deals } = world.controls;
  world.controls.deals = async () =>
    (await deals()).map((deal) => ({ ...deal, inSlack: 'asked for the order' }));
  await lookAsAna();
  await soon(() => at('deal:D-1').getByTestId('in-slack').innerText()).toBe('In Slack: asked for the order');
});

function input(blockId: string): types.InputBlock {
  return {
    type: 'input',
    block_id: blockId,
    label: plain(blockId),
    optional: true,
    element: { type: 'plain_text_input', action_id: 'text' },
  };
}
