import { describe, expect, it } from 'vitest';
import { ANA, button, plain, SILENT, startSlack, textInput, webClient } from './stand-in-app.ts';

const failure = (data: object) => expect.objectContaining({ data: expect.objectContaining(data) });

describe('blocks', () => {
  it('names the pointer of every fault', async () => {
    const slack = await startSlack();
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } },
      { type: 'actions', elements: [{ ...button('a', 'v'), colour: 'red' }] },
      { type: 'header', text: { type: 'mrkdwn', text: 'no' } },
      { type: 'marquee' },
      { type: 'section' },
    ];
    const refused = webClient(slack, { logger: SILENT }).apiCall('chat.postMessage', {
      channel: ANA.id,
      blocks,
    });
    await expect(refused).rejects.toEqual(
      failure({
        error: 'invalid_blocks',
        response_metadata: expect.objectContaining({
          messages: [
            '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
            '[ERROR] invalid additional property: colour [json-pointer:/blocks/1/elements/0]',
            '[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/2/text/type]',
            '[ERROR] unsupported type: marquee [json-pointer:/blocks/3/type]',
            '[ERROR] missing required field: text [json-pointer:/blocks/4]',
          ],
        }),
      }),
    );
    expect(slack.messages(slack.dm(ANA.id))).toEqual([]);
  });

  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
  const option = (value: string) => ({ text: plain(value), value });
  const menu = (more: object) => ({
    type: 'section',
    text: plain('x'),
    accessory: { type: 'static_select', action_id: 'm', ...more },
  });

  it.each([
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), 'no more than 50 items allowed'],
    [
      'one block id twice',
      [1, 2].map(() => ({ type: 'divider', block_id: 'b' })),
      'block_id "b" already exists',
    ],
    [
      'one action id twice in a block',
      [{ type: 'actions', elements: [button('a', '1'), button('a', '2')] }],
      'action_id "a" already exists',
    ],
    ['a select without options', [menu({ options: [] })], 'no fewer than 1 items allowed'],
    [
      '101 options',
      [menu({ options: Array.from({ length: 101 }, (_, i) => option(`${i}`)) })],
      'no more than 100',
    ],
    [
      'an initial option that is not offered',
      [menu({ options: [option('a')], initial_option: option('b') })],
      'initial_option must match',
    ],
    [
      'a text input among actions',
      [{ type: 'actions', elements: [{ type: 'plain_text_input' }] }],
      'unsupported type',
    ],
    [
      'a malformed date',
      [{ ...textInput('i'), element: { type: 'datepicker', initial_date: '1/2/26' } }],
      'YYYY-MM-DD',
    ],
    ['an empty text', [section('')], 'must be more than 0 characters'],
  ])('refuses %s', async (_what, blocks, said) => {
    const slack = await startSlack();
    const refused = webClient(slack, { logger: SILENT }).apiCall('blocks.validate', { blocks });
    await expect(refused).rejects.toEqual(
      failure({ error: 'invalid_blocks', errors: expect.arrayContaining([expect.stringContaining(said)]) }),
    );
  });

  it('refuses blocks that are too long together', async () => {
    const slack = await startSlack();
    const blocks = Array.from({ length: 5 }, () => section('x'.repeat(2900)));
    const refused = webClient(slack).apiCall('chat.postMessage', { channel: ANA.id, blocks });
    await expect(refused).rejects.toEqual(failure({ error: 'msg_blocks_too_long' }));
  });

  it('takes every block and element the product may use', async () => {
    const slack = await startSlack();
    const confirm = {
      title: plain('Sure?'),
      text: plain('Really'),
      confirm: plain('Yes'),
      deny: plain('No'),
    };
    const offered = { options: [option('a'), option('b')] };
    const rich = {
      type: 'rich_text_section',
      elements: [{ type: 'text', text: 'hi', style: { bold: true } }],
    };
    const blocks = [
      { type: 'header', text: plain('Head') },
      { type: 'divider' },
      { ...section('*bold*'), fields: [plain('a'), plain('b')], accessory: { type: 'overflow', ...offered } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'why' }, plain('so')] },
      { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' },
      {
        type: 'actions',
        elements: [
          { ...button('go', 'v'), style: 'primary', confirm, url: 'https://example.com' },
          { type: 'static_select', action_id: 's', placeholder: plain('Pick'), ...offered },
          { type: 'users_select', action_id: 'u', initial_user: ANA.id },
          { type: 'conversations_select', action_id: 'c', filter: { include: ['public'] } },
          { type: 'datepicker', action_id: 'd', initial_date: '2026-11-23' },
          { type: 'timepicker', action_id: 't', initial_time: '09:30' },
          { type: 'radio_buttons', action_id: 'r', ...offered },
          { type: 'checkboxes', action_id: 'k', ...offered, initial_options: [option('b')] },
        ],
      },
      textInput('note', { optional: true, hint: plain('h') }),
      { ...textInput('size'), element: { type: 'number_input', action_id: 'n', is_decimal_allowed: true } },
      { ...textInput('mail'), element: { type: 'email_text_input', action_id: 'e' } },
      {
        type: 'rich_text',
        elements: [
          rich,
          { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [rich] },
          { type: 'rich_text_quote', elements: [{ type: 'user', user_id: ANA.id }] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x' }] },
        ],
      },
      { type: 'table', rows: [[{ type: 'raw_text', text: 'cell' }]] },
      { type: 'data_visualization', title: 'Closed', chart: { type: 'bar' } },
    ];
    await expect(webClient(slack).apiCall('blocks.validate', { blocks })).resolves.toMatchObject({
      ok: true,
    });
  });
});
