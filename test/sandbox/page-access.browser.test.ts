import type { types } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { barriers, bringAxe } from './page-access.ts';
import { inBrowser, soon } from './page-browser.ts';
import { formGallery, messageGallery } from './page-gallery.ts';

const open = inBrowser();
const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });

function button(actionId: string): types.KnownBlock[] {
  return [{ type: 'actions', elements: [{ type: 'button', action_id: actionId, text: plain(actionId) }] }];
}

describe('axe finds nothing serious', () => {
  it('in the conversation, the Home, a form, its errors, and a menu, wide and narrow', async () => {
    const { world, page, at, lookAsAna, tellAna } = open();
    await bringAxe(page);
    world.app.action('open', async ({ ack, body, client }) => {
      await ack();
      const view = {
        type: 'modal',
        title: plain('Log'),
        submit: plain('Save'),
        blocks: formGallery(),
      } as const;
      await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view });
    });
    world.app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: button('x') },
      });
    });
    await tellAna('all', messageGallery(`${world.url}page/door.svg`));
    await tellAna('x', button('open'));
    await lookAsAna();
    await at('element:open').waitFor();
    expect(await barriers(page)).toEqual([]);
    await at('composer').fill('/wh');
    await page.keyboard.press('ArrowDown');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await at('element:open').click();
    await at('modal').waitFor();
    await at('modal-submit').click();
    await soon(() => page.locator('.modal .error').count()).toBeGreaterThan(0);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await at('modal').waitFor({ state: 'detached' });
    await at('tab:home').click();
    await at('home').getByRole('button').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await barriers(page)).toEqual([]);
  });
});
