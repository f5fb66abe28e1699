/** Reads a rich_text block into the same plain data as mrkdwn. */
import type { types } from '@slack/bolt';
import type { Inline, Part, Style } from './marks.ts';

type RichTextElement = types.RichTextSection['elements'][number];

export function parseRichText(block: types.RichTextBlock): Part[] {
  return block.elements.map((element): Part => {
    switch (element.type) {
      case 'rich_text_section':
        return { kind: 'paragraph', of: element.elements.map(inline) };
      case 'rich_text_quote':
        return { kind: 'quote', of: element.elements.map(inline) };
      case 'rich_text_preformatted':
        return {
          kind: 'pre',
          text: element.elements.map((it) => ('text' in it ? it.text : it.url)).join(''),
        };
      case 'rich_text_list':
        return {
          kind: 'list',
          ordered: element.style === 'ordered',
          indent: element.indent ?? 0,
          start: ((element as { offset?: number }).offset ?? 0) + 1,
          items: element.elements.map((item) => item.elements.map(inline)),
        };
      default:
        return { kind: 'paragraph', of: [unknown((element as { type: string }).type)] };
    }
  });
}

function inline(element: RichTextElement): Inline {
  const styled = element.style ? { style: element.style as Style } : {};
  switch (element.type) {
    case 'text':
      return { kind: 'text', text: element.text, ...styled };
    case 'link':
      return {
        kind: 'link',
        url: element.url,
        of: [{ kind: 'text', text: element.text ?? element.url }],
        ...styled,
      };
    case 'user':
      return { kind: 'user', id: element.user_id, ...styled };
    case 'channel':
      return { kind: 'channel', id: element.channel_id, ...styled };
    case 'usergroup':
      return { kind: 'group', id: element.usergroup_id, ...styled };
    case 'broadcast':
      return { kind: 'broadcast', range: element.range, ...styled };
    case 'emoji':
      return {
        kind: 'emoji',
        name: element.name,
        ...(element.unicode ? { unicode: element.unicode } : {}),
        ...styled,
      };
    case 'color':
      return { kind: 'color', value: element.value, ...styled };
    case 'date': {
      const { timestamp, format, fallback = '', url } = element;
      return { kind: 'date', timestamp, format, fallback, ...(url ? { url } : {}), ...styled };
    }
    default:
      return unknown(element.type);
  }
}

function unknown(type: string): Inline {
  return { kind: 'text', text: `[cannot draw rich text “${type}”]` };
}
