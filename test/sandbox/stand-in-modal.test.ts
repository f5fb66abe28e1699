import type { SlackViewAction, types } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  button,
  type Mode,
  modal,
  openModal,
  opens,
  plain,
  SILENT,
  startApp,
  startSlack,
  textInput,
  webClient,
} from './stand-in-app.ts';

const option = (value: string) => ({ text: plain(value), value });

describe.each<Mode>(['Socket Mode', 'HTTP'])('a submission over %s', (mode) => {
  it('brings what was entered, and closes the modal', async () => {
    const slack = await startSlack();
    let submitted: SlackViewAction | undefined;
    await startApp(slack, mode, (app) => {
      opens(app, modal('Verify', [textInput('words')], { callback_id: 'verify', private_metadata: 'E-1' }));
      app.view('verify', async ({ ack, body }) => {
        submitted = body;
        await ack();
      });
    });
    const view = await openModal(slack);
    expect(await slack.submit(ANA.id, view.id, { words: { text: 'Twice as fast' } })).toEqual({ ok: true });
    expect(slack.openViews(ANA.id)).toEqual([]);
    expect(submitted).toMatchObject({
      type: 'view_submission',
      view: {
        id: view.id,
        callback_id: 'verify',
        private_metadata: 'E-1',
        state: { values: { words: { text: { type: 'plain_text_input', value: 'Twice as fast' } } } },
        root_view_id: view.id,
        previous_view_id: null,
      },
    });
  });

  it('can be refused under its inputs, updated, pushed onto, and cleared', async () => {
    const slack = await startSlack();
    const answers = [
      { response_action: 'errors', errors: { words: 'Say more' } },
      { response_action: 'update', view: modal('Second', [textInput('words'), textInput('more')]) },
      { response_action: 'push', view: modal('Third', []) },
      { response_action: 'clear' },
    ];
    await startApp(slack, mode, (app) => {
      opens(app, modal('First', [textInput('words')]));
      app.view(/.*/, ({ ack }) => ack(answers.shift() as never));
    });
    const { id, hash } = await openModal(slack);
    expect(await slack.submit(ANA.id, id, { words: { text: 'ok' } })).toMatchObject({
      ok: true,
      errors: { words: 'Say more' },
      view: { id, errors: { words: 'Say more' } },
    });
    await slack.submit(ANA.id, id);
    const [updated] = slack.openViews(ANA.id);
    expect(updated).toMatchObject({
      id,
      view: { title: plain('Second') },
      values: { words: { text: 'ok' } },
    });
    expect(updated).not.toHaveProperty('errors');
    expect(updated?.hash).not.toBe(hash);
    await slack.submit(ANA.id, id, { more: { text: 'yes' } });
    const [, pushed] = slack.openViews(ANA.id);
    expect(pushed).toMatchObject({ view: { title: plain('Third') }, rootId: id, previousId: id });
    await slack.submit(ANA.id, pushed?.id ?? '');
    expect(slack.openViews(ANA.id)).toEqual([]);
  });

  it('answered with what Slack cannot follow leaves the modal open and says why', async () => {
    const slack = await startSlack();
    const answers = [
      { response_action: 'errors', errors: { nowhere: 'x' } },
      { response_action: 'update', view: modal('x'.repeat(25), []) },
    ];
    await startApp(slack, mode, (app) => {
      opens(app, modal('First', [textInput('words')]));
      app.view(/.*/, ({ ack }) => ack(answers.shift() as never));
    });
    const { id } = await openModal(slack);
    for (const detail of [/no input block: nowhere/, /less than 25 characters/]) {
      expect(await slack.submit(ANA.id, id, { words: { text: 'kept' } })).toMatchObject({
        ok: false,
        error: 'invalid_response',
        userSees: 'We had some trouble connecting. Try again?',
        detail: expect.stringMatching(detail),
      });
    }
    expect(slack.openViews(ANA.id)).toMatchObject([{ values: { words: { text: 'kept' } } }]);
  });
});

describe('a modal', () => {
  it('is not opened twice by one trigger, nor by a late or invented one', async () => {
    const slack = await startSlack({ triggerLifeMs: 0 });
    const client = webClient(slack);
    const view = modal('Late', []);
    const open = (trigger_id: string) =>
      client.views.open({ trigger_id, view }).catch((error) => error.data.error);
    await slack.shortcut(ANA.id, 'late');
    const late = String(slack.deliveries.at(-1)?.body.trigger_id);
    expect(await open(late)).toBe('expired_trigger_id');
    expect(await open('1.2.3')).toBe('invalid_trigger_id');
    const patient = await startSlack();
    await patient.shortcut(ANA.id, 'twice');
    const trigger_id = String(patient.deliveries.at(-1)?.body.trigger_id);
    await webClient(patient).views.open({ trigger_id, view });
    const again = webClient(patient).views.open({ trigger_id, view });
    await expect(again).rejects.toMatchObject({ data: { error: 'exchanged_trigger_id' } });
  });

  it('is updated only over the version the app has seen', async () => {
    const { slack, view } = await withModal(modal('One', []));
    const client = webClient(slack);
    const update = (hash: string) => client.views.update({ view_id: view.id, hash, view: modal('Two', []) });
    await update(view.hash);
    await expect(update(view.hash)).rejects.toMatchObject({ data: { error: 'hash_conflict' } });
    await slack.close(ANA.id, view.id);
    await expect(update(view.hash)).rejects.toMatchObject({ data: { error: 'not_found' } });
  });

  it('stacks three high', async () => {
    const { slack } = await withModal(modal('1', [{ type: 'actions', elements: [button('more', '1')] }]));
    const client = webClient(slack);
    const push = async () => {
      const top = slack.openViews(ANA.id).at(-1)?.id ?? '';
      await slack.click(ANA.id, { viewId: top }, { actionId: 'more' });
      const trigger_id = String(slack.deliveries.at(-1)?.body.trigger_id);
      const blocks: types.KnownBlock[] = [{ type: 'actions', elements: [button('more', '1')] }];
      return client.views.push({ trigger_id, view: modal('n', blocks) });
    };
    await push();
    await push();
    await expect(push()).rejects.toMatchObject({ data: { error: 'push_limit_reached' } });
    expect(slack.openViews(ANA.id)).toHaveLength(3);
  });

  it('says itself what is missing or malformed, without asking the app', async () => {
    const fields: types.KnownBlock[] = [
      textInput('words'),
      textInput('later', { optional: true }),
      { ...textInput('size'), element: { type: 'number_input', action_id: 'n', is_decimal_allowed: false } },
      { ...textInput('mail'), element: { type: 'email_text_input', action_id: 'e' } },
    ];
    const { slack, view } = await withModal(modal('Form', fields));
    const before = slack.deliveries.length;
    const shown = await slack.submit(ANA.id, view.id, { size: { n: '1.5' }, mail: { e: 'nobody' } });
    expect(shown).toMatchObject({
      errors: {
        words: 'Please complete this required field.',
        size: 'Please enter a valid number.',
        mail: 'Please enter a valid email address.',
      },
    });
    expect(slack.deliveries).toHaveLength(before);
  });

  it('sends every kind of input as Slack wraps it', async () => {
    const choices = { options: [option('a'), option('b')] };
    const inputs: types.InputBlockElement[] = [
      { type: 'static_select', action_id: 'static', ...choices },
      { type: 'users_select', action_id: 'user', initial_user: BEN.id },
      { type: 'datepicker', action_id: 'day' },
      { type: 'timepicker', action_id: 'time', initial_time: '09:30' },
      { type: 'radio_buttons', action_id: 'radio', ...choices, initial_option: option('a') },
      { type: 'checkboxes', action_id: 'boxes', ...choices },
      { type: 'number_input', action_id: 'number', is_decimal_allowed: true },
    ];
    const blocks = inputs.map((element) => {
      return { ...textInput(String(element.action_id), { optional: true }), element };
    });
    const { slack, view } = await withModal(modal('All', blocks));
    await slack.submit(ANA.id, view.id, { static: { static: 'b' }, boxes: { boxes: ['a', 'b'] } });
    const sent = slack.deliveries.at(-1)?.body.view as { state?: unknown } | undefined;
    expect(sent?.state).toEqual({
      values: {
        static: { static: { type: 'static_select', selected_option: option('b') } },
        user: { user: { type: 'users_select', selected_user: BEN.id } },
        day: { day: { type: 'datepicker', selected_date: null } },
        time: { time: { type: 'timepicker', selected_time: '09:30' } },
        radio: { radio: { type: 'radio_buttons', selected_option: option('a') } },
        boxes: { boxes: { type: 'checkboxes', selected_options: [option('a'), option('b')] } },
        number: { number: { type: 'number_input', value: null } },
      },
    });
  });

  it('tells the app that it was closed only where it asked to know, and never what was typed', async () => {
    const { slack, view } = await withModal(modal('Bye', [textInput('words')], { notify_on_close: true }));
    slack.fill(ANA.id, { viewId: view.id }, { words: { text: 'half a sentence' } });
    await slack.close(ANA.id, view.id);
    expect(slack.deliveries.at(-1)?.body).toMatchObject({
      type: 'view_closed',
      view: { id: view.id, state: { values: {} } },
      is_cleared: false,
    });
    expect(slack.openViews(ANA.id)).toEqual([]);
  });

  it('lets nobody pick what is not offered', async () => {
    const element: types.StaticSelect = { type: 'static_select', action_id: 'm', options: [option('a')] };
    const { slack, view } = await withModal(modal('Pick', [{ ...textInput('menu'), element }]));
    expect(() => slack.fill(ANA.id, { viewId: view.id }, { menu: { m: 'z' } })).toThrow(
      'offers no "z", only: a',
    );
    expect(() => slack.fill(BEN.id, { viewId: view.id }, {})).toThrow('has no open view');
  });

  it('must be within Slack’s limits', async () => {
    const slack = await startSlack();
    await slack.shortcut(ANA.id, 's');
    const view = { ...modal('x'.repeat(25), [textInput('words')]), submit: undefined };
    const refused = webClient(slack, { logger: SILENT }).apiCall('views.open', {
      trigger_id: String(slack.deliveries.at(-1)?.body.trigger_id),
      view: JSON.parse(JSON.stringify(view)),
    });
    await expect(refused).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        errors: [
          'must be less than 25 characters [json-pointer:/view/title/text]',
          'missing required field: submit (the view has input blocks) [json-pointer:/view]',
        ],
      },
    });
  });
});

/** A modal that Ana has open, with an app that acknowledges everything. */
async function withModal(view: types.ModalView) {
  const slack = await startSlack();
  await startApp(slack, 'Socket Mode', (app) => {
    opens(app, view);
    app.action('more', ({ ack }) => ack());
    app.view(/.*/, ({ ack }) => ack());
    app.view({ type: 'view_closed', callback_id: /.*/ }, ({ ack }) => ack());
  });
  return { slack, view: await openModal(slack) };
}
