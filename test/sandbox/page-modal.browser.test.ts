import type { types } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { inBrowser, soon } from './page-browser.ts';
import { formGallery } from './page-gallery.ts';
import { ANA } from './page-world.ts';

const open = inBrowser();
const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });

const BUTTON: types.KnownBlock = {
  type: 'actions',
  block_id: 'acts',
  elements: [{ type: 'button', action_id: 'open', text: plain('Open'), value: 'D-1' }],
};

describe('a modal', () => {
  it('keeps the text when the app finds a fault, and sends all of it once that is mended', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    const sent: unknown[] = [];
    world.app.action('open', async ({ ack, body, client }) => {
      await ack();
      const { trigger_id } = body as { trigger_id: string };
      await client.views.open({ trigger_id, view: modal('Verify', formGallery()) });
    });
    world.app.view('form', async ({ ack, view }) => {
      sent.push(view.state.values);
      if (sent.length > 1) return ack();
      return ack({ response_action: 'errors', errors: { words: 'What changed for them?' } });
    });
    await tellAna('open', [BUTTON]);
    await lookAsAna();
    await at('element:open').click();
    await at('modal-submit').click();
    await soon(() => at('error:words').innerText()).toBe('Please complete this required field.');
    expect(sent).toEqual([]);

    await page.getByLabel('In the client’s own words').fill('Good');
    await page.getByLabel('Partly').check();
    await page.getByLabel('Stages').selectOption('develop');
    await page.getByLabel('Stages').selectOption('deliver');
    await page.getByLabel('Measure').fill('12.5');
    await at('modal-submit').click();
    await soon(() => at('error:words').innerText()).toBe('What changed for them?');
    expect(await page.getByLabel('In the client’s own words').inputValue()).toBe('Good');
    expect(await page.getByLabel('In the client’s own words').getAttribute('aria-invalid')).toBe('true');

    await page.getByLabel('In the client’s own words').fill('They ship on Fridays');
    await at('modal-submit').click();
    await soon(() => at('modal').count()).toBe(0);
    expect(sent.at(-1)).toMatchObject({
      words: { it: { value: 'They ship on Fridays' } },
      value: { it: { selected_option: { value: 'partly' } } },
      stages: { it: { selected_options: [{ value: 'develop' }, { value: 'deliver' }] } },
      who: { it: { selected_user: ANA } },
      day: { it: { selected_date: '2026-12-01' } },
      measure: { it: { value: '12.5' } },
      ways: { it: { selected_options: [] } },
    });
  });

  it('is redrawn by the app without losing what is being typed', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    let viewId = '';
    world.app.action('open', async ({ ack, body, client }) => {
      await ack();
      const { trigger_id } = body as { trigger_id: string };
      const opened = await client.views.open({
        trigger_id,
        view: modal('Loading', formGallery().slice(0, 1)),
      });
      viewId = opened.view?.id ?? '';
    });
    await tellAna('open', [BUTTON]);
    await lookAsAna();
    await at('element:open').click();
    await page.getByLabel('In the client’s own words').fill('Half a sen');
    await world.app.client.views.update({ view_id: viewId, view: modal('Verify', formGallery()) });
    await soon(() => page.getByRole('heading', { name: 'Verify' }).count()).toBe(1);
    expect(await page.getByLabel('In the client’s own words').inputValue()).toBe('Half a sen');
    expect(await at('block:input').count()).toBe(formGallery().length);
  });

  it('lies on another with its words kept, and Esc takes only the top one away', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    const push: types.KnownBlock = {
      ...BUTTON,
      elements: [{ type: 'button', action_id: 'push', text: plain('More') }],
    };
    world.app.action('open', async ({ ack, body, client }) => {
      await ack();
      const { trigger_id } = body as { trigger_id: string };
      await client.views.open({ trigger_id, view: modal('First', [push, ...formGallery().slice(0, 1)]) });
    });
    world.app.action('push', async ({ ack, body, client }) => {
      await ack();
      const { trigger_id } = body as { trigger_id: string };
      await client.views.push({ trigger_id, view: modal('Second', formGallery().slice(0, 1)) });
    });
    await tellAna('open', [BUTTON]);
    await lookAsAna();
    await at('element:open').click();
    await page.getByLabel('In the client’s own words').fill('Below');
    await at('element:push').click();
    await soon(() => page.getByRole('heading', { name: 'Second' }).count()).toBe(1);
    expect(await page.getByLabel('In the client’s own words').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('heading', { name: 'First' }).count()).toBe(1);
    expect(await page.getByLabel('In the client’s own words').inputValue()).toBe('Below');
  });

  it('closes once on Esc, also from within a date', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    world.app.action('open', async ({ ack, body, client }) => {
      await ack();
      const { trigger_id } = body as { trigger_id: string };
      const days = { type: 'actions' as const, elements: [{ type: 'datepicker' as const, action_id: 'on' }] };
      await client.views.open({ trigger_id, view: modal('Not yet', [days]) });
    });
    await tellAna('open', [BUTTON]);
    await lookAsAna();
    await at('element:open').click();
    await at('modal').waitFor();
    await page.keyboard.press('Escape');
    await soon(() => at('modal').count()).toBe(0);
    expect(await at('notice').count()).toBe(0);
  });

  it('says so when the app does not take it, and keeps the words', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    world.app.action('open', async ({ ack, body, client }) => {
      await ack();
      const { trigger_id } = body as { trigger_id: string };
      await client.views.open({ trigger_id, view: modal('Verify', formGallery().slice(0, 1)) });
    });
    world.app.view('form', async ({ ack }) => {
      await ack({ response_action: 'errors', errors: { nowhere: 'A block that is not there' } });
    });
    await tellAna('open', [BUTTON]);
    await lookAsAna();
    await at('element:open').click();
    await page.getByLabel('In the client’s own words').fill('Precious');
    await at('modal-submit').click();
    await soon(() => at('modal-trouble').innerText()).not.toBe('');
    expect(await page.getByLabel('In the client’s own words').inputValue()).toBe('Precious');
  });
});

function modal(title: string, blocks: types.KnownBlock[]): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'form',
    title: plain(title),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks,
  };
}
