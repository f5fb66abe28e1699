import { expect, it } from 'vitest';
import type { Store } from '../../../src/db/store.ts';
import { ACTION } from '../../../src/slack/kit/ids.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();

it('a row for a need that is drawn late does not take away what was typed meanwhile', async () => {
  const side = await SlackSide.open(store());
  const { slack, flow } = side;
  const form = await side.openForm(ACTION.verify);
  const addRow = () => slack.click(ANA.id, { viewId: form.id }, { actionId: ACTION.addNeed });
  const shown = () => slack.openViews(ANA.id)[0];
  const row = (number: number) => () => JSON.stringify(shown()?.view).includes(`need_${number}_words`);

  const whole = flow.store;
  const { promise: catchesUp, resolve: catchUp } = Promise.withResolvers<void>();
  const read: Store['read'] = (work) => catchesUp.then(() => whole.read(work));
  flow.store = { read } as Store;
  await addRow();
  flow.store = whole;
  await addRow();
  await slack.until('the third row', row(2));
  await addRow();
  await slack.until('the fourth row', row(3));
  side.fill(form, { need_3_words: 'A second line' });
  catchUp();
  await slack.until('the late drawing', () => slack.calls('views.update').length === 3);
  expect(shown()?.values).toMatchObject({ need_3_words: { value: 'A second line' } });
});
