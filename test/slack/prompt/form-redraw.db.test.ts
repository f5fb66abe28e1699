import { expect, it } from 'vitest';
import type { Store } from '../../../src/db/store.ts';
import { ACTION } from '../../../src/slack/kit/ids.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();

it('a page that is drawn late does not take away what was typed meanwhile', async () => {
  const side = await SlackSide.open(store());
  const { slack, flow } = side;
  const form = await side.openForm(ACTION.verify);
  const turnTo = (page: string) =>
    slack.click(ANA.id, { viewId: form.id }, { actionId: `${ACTION.page}:${page}` });
  const shown = () => slack.openViews(ANA.id)[0];
  const has = (blockId: string) => () => JSON.stringify(shown()?.view).includes(blockId);

  const whole = flow.store;
  const { promise: catchesUp, resolve: catchUp } = Promise.withResolvers<void>();
  const read: Store['read'] = (work) => catchesUp.then(() => whole.read(work));
  flow.store = { read } as Store;
  await turnTo('need:0');
  flow.store = whole;
  await turnTo('more');
  await slack.until('the page', has('held_on'));
  side.fill(form, { who: 'Dana' });
  catchUp();
  await slack.until('the late drawing', () => slack.calls('views.update').length === 2);
  expect(shown()?.values).toMatchObject({ who: { value: 'Dana' } });
});

it('keeps what was typed on pages that are not on screen, and opens the page that has a fault', async () => {
  const side = await SlackSide.open(store());
  const { slack } = side;
  const form = await side.openForm(ACTION.verify);
  side.fill(form, { words: 'A day earlier' });
  await side.turnTo(form, 'need:0', 'need_0_words');
  side.fill(form, { need_0_words: 'A second line', need_0_estimate: 'lots' });
  await side.turnTo(form, 'first', '"words"');
  await side.sees(form, 'yes');
  await side.submit(form, {});
  const faulty = await slack.until('the page with the fault', () =>
    slack.openViews(ANA.id).find(({ view }) => JSON.stringify(view).includes('need_0_estimate')),
  );
  expect(JSON.stringify(faulty.view)).toContain('Write it like');
  await side.submit(form, { need_0_estimate: '20k' });
  await slack.until('that it is kept', () =>
    JSON.stringify(slack.openViews(ANA.id)).includes('Which need comes next'),
  );
  expect(await side.drawn()).toContain('They see it: “A day earlier” · 1 need heard');
});
