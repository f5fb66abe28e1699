/** One of every block and element that the page draws. */
import type { types } from '@slack/bolt';
import { ANA, SALES } from './page-world.ts';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: true });
const option = (text: string, value: string): types.PlainTextOption => ({ text: plain(text), value });

const STAGES = [option('Discover', 'discover'), option('Develop', 'develop'), option('Deliver', 'deliver')];

/** `imageUrl` is shown in an image block and in a context block. */
export function messageGallery(imageUrl: string): types.KnownBlock[] {
  return [
    { type: 'header', block_id: 'head', text: plain('You closed Acme :tada:') },
    {
      type: 'section',
      block_id: 'words',
      text: {
        type: 'mrkdwn',
        text:
          `*What’s next?* _GTX Pro_ went for ~5,000~ \`4,514 USD\`. <@${ANA}> told <#${SALES}>.\n` +
          '&gt; "We finally ship on Fridays"\n<https://example.com/acme|The deal> · 2*3*4 stays, so does snake_case_name & <!date^1795424640^{date_short_pretty} at {time}|a date>',
      },
      accessory: {
        type: 'overflow',
        action_id: 'more',
        options: [option('Snooze a week', 'week'), option('Hand over', 'hand')],
      },
    },
    {
      type: 'section',
      block_id: 'fields',
      fields: [
        { type: 'mrkdwn', text: '*Stage*\nverify' },
        { type: 'mrkdwn', text: '*Waiting*\n5 working days' },
      ],
    },
    { type: 'divider', block_id: 'line' },
    {
      type: 'actions',
      block_id: 'acts',
      elements: [
        {
          type: 'button',
          action_id: 'verify',
          text: plain('Verify the value'),
          style: 'primary',
          value: 'D-1',
        },
        { type: 'button', action_id: 'later', text: plain('Not yet'), value: 'D-1' },
        {
          type: 'button',
          action_id: 'drop',
          text: plain('Close the door'),
          style: 'danger',
          confirm: {
            title: plain('Close this door?'),
            text: { type: 'mrkdwn', text: '*Acme* would hear from nobody.' },
            confirm: plain('Close it'),
            deny: plain('Keep it open'),
            style: 'danger',
          },
        },
        { type: 'static_select', action_id: 'stage', placeholder: plain('Pick a stage'), options: STAGES },
        { type: 'datepicker', action_id: 'when' },
      ],
    },
    {
      type: 'context',
      block_id: 'why',
      elements: [
        { type: 'image', image_url: imageUrl, alt_text: 'A small door' },
        { type: 'mrkdwn', text: 'Asked because *Acme* was won today · :bell: first time' },
      ],
    },
    {
      type: 'rich_text',
      block_id: 'rich',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Needs heard', style: { bold: true } },
            { type: 'text', text: ' by ' },
            { type: 'user', user_id: ANA },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'A second site' }] },
            {
              type: 'rich_text_section',
              elements: [{ type: 'text', text: 'Training', style: { italic: true } }],
            },
          ],
        },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'In the client’s words' }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'deal D-1' }] },
      ],
    },
    {
      type: 'table',
      block_id: 'numbers',
      column_settings: [{ align: 'left' }, { align: 'right' }],
      rows: [
        [cell('Account'), cell('Won')],
        [cell('Acme'), cell('4,514')],
        [cell('Bluth Company'), cell('12,850')],
      ],
    },
    { type: 'image', block_id: 'door', title: plain('The door'), image_url: imageUrl, alt_text: 'A door' },
    chart() as unknown as types.KnownBlock,
  ];
}

export function formGallery(): types.KnownBlock[] {
  const person = option('I handle it', 'me');
  return [
    input(
      'words',
      'In the client’s own words',
      { type: 'plain_text_input', action_id: 'it', multiline: true, max_length: 60 },
      { hint: plain('As they said it.') },
    ),
    input('value', 'Do they see the value?', {
      type: 'radio_buttons',
      action_id: 'it',
      options: [
        option('Yes', 'yes'),
        { ...option('Partly', 'partly'), description: plain('Some of it') },
        option('Not yet', 'no'),
      ],
    }),
    input(
      'ways',
      'Ways',
      { type: 'checkboxes', action_id: 'it', options: [person, option('Call', 'call')] },
      { optional: true },
    ),
    input('stage', 'Stage', { type: 'static_select', action_id: 'it', options: STAGES }, { optional: true }),
    input(
      'stages',
      'Stages',
      { type: 'multi_static_select', action_id: 'it', options: STAGES },
      { optional: true },
    ),
    input('who', 'Who', { type: 'users_select', action_id: 'it', initial_user: ANA }, { optional: true }),
    input('where', 'Where', { type: 'conversations_select', action_id: 'it' }, { optional: true }),
    input(
      'day',
      'Day',
      { type: 'datepicker', action_id: 'it', initial_date: '2026-12-01' },
      { optional: true },
    ),
    input('time', 'Time', { type: 'timepicker', action_id: 'it' }, { optional: true }),
    input(
      'measure',
      'Measure',
      { type: 'number_input', action_id: 'it', is_decimal_allowed: true },
      { optional: true },
    ),
    input(
      'mail',
      'E-mail',
      { type: 'email_text_input', action_id: 'it', placeholder: plain('name@client.example') },
      { optional: true },
    ),
  ];
}

function input(
  block_id: string,
  label: string,
  element: types.InputBlock['element'],
  more: Partial<types.InputBlock> = {},
): types.InputBlock {
  return { type: 'input', block_id, label: plain(label), element, ...more };
}

function cell(text: string): types.RawTextElement {
  return { type: 'raw_text', text };
}

function chart() {
  const data = (...values: number[]) =>
    values.map((value, i) => ({ label: ['Oct', 'Nov', 'Dec'][i], value }));
  return {
    type: 'data_visualization',
    block_id: 'chart',
    title: 'Closed and verified',
    chart: {
      type: 'bar',
      series: [
        { name: 'Closed', data: data(12, 19, 8) },
        { name: 'Verified', data: data(7, 15, 8) },
      ],
      axis_config: { categories: ['Oct', 'Nov', 'Dec'], y_label: 'Deals' },
    },
  };
}
