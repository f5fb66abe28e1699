/** Draws formatted text. Everything a person or the app wrote becomes text nodes, never markup. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { formatDate } from './dates.ts';
import { DeskContext } from './desk.ts';
import { emoji } from './emoji.ts';
import type { Inline, Part, Style } from './marks.ts';
import { parseMrkdwn, parsePlain } from './mrkdwn.ts';

/** A text object: plain_text or mrkdwn. */
export function Text({ of }: { of: types.TextObject }): VNode {
  if (of.type === 'mrkdwn') return html`<${Parts} of=${parseMrkdwn(of.text)} />`;
  return html`<${Inlines} of=${parsePlain(of.text, of.emoji ?? true)} />`;
}

export function Parts({ of }: { of: Part[] }): VNode {
  return html`${of.map((part) => html`<${OnePart} part=${part} />`)}`;
}

/** For places that take no elements (select options, attributes): emoji are drawn, the rest is text. */
export function plainString(text: types.TextObject | undefined): string {
  if (!text) return '';
  return parsePlain(text.text)
    .map((it) =>
      it.kind === 'emoji' ? (emoji(it.name) ?? `:${it.name}:`) : it.kind === 'text' ? it.text : '',
    )
    .join('');
}

function OnePart({ part }: { part: Part }): VNode {
  if (part.kind === 'pre') return html`<pre class="code-block">${part.text}</pre>`;
  if (part.kind === 'quote') return html`<blockquote><${Inlines} of=${part.of} /></blockquote>`;
  if (part.kind === 'paragraph') return html`<div class="paragraph"><${Inlines} of=${part.of} /></div>`;
  const items = part.items.map((item) => html`<li><${Inlines} of=${item} /></li>`);
  const level = `level-${Math.min(part.indent, 8)}`;
  return part.ordered
    ? html`<ol class=${level} start=${part.start}>${items}</ol>`
    : html`<ul class=${level}>${items}</ul>`;
}

function Inlines({ of }: { of: Inline[] }): VNode {
  return html`${of.map((it) => html`<${OneInline} it=${it} />`)}`;
}

function OneInline({ it }: { it: Inline }): VNode {
  if (it.kind === 'styled') return styled(it.style, html`<${Inlines} of=${it.of} />`);
  const drawn = html`<${Unstyled} it=${it} />`;
  return it.style ? styled(it.style, drawn) : drawn;
}

function styled(style: Style, inner: VNode): VNode {
  let drawn = inner;
  if (style.code) drawn = html`<code>${drawn}</code>`;
  if (style.underline) drawn = html`<u>${drawn}</u>`;
  if (style.strike) drawn = html`<s>${drawn}</s>`;
  if (style.italic) drawn = html`<em>${drawn}</em>`;
  if (style.bold) drawn = html`<strong>${drawn}</strong>`;
  return drawn;
}

function Unstyled({ it }: { it: Exclude<Inline, { kind: 'styled' }> }): VNode {
  const desk = useContext(DeskContext);
  switch (it.kind) {
    case 'text':
      return html`${it.text}`;
    case 'link':
      return html`<${Link} url=${it.url}><${Inlines} of=${it.of} /><//>`;
    case 'user':
      return html`<span class=${it.id === desk.me ? 'mention mention-me' : 'mention'}>@${desk.nameOf(it.id)}</span>`;
    case 'channel':
      return html`<span class="mention">#${it.label ?? desk.channelName(it.id)}</span>`;
    case 'group':
      return html`<span class="mention">${it.label ?? `@${it.id}`}</span>`;
    case 'broadcast':
      return html`<span class="mention mention-me">@${it.range}</span>`;
    case 'emoji':
      return html`<${Emoji} name=${it.name} unicode=${it.unicode} />`;
    case 'color':
      return html`<span class="swatch" style=${{ background: it.value }}></span><code>${it.value}</code>`;
    case 'date': {
      const shown = formatDate(it.timestamp, it.format, desk.zone, desk.now());
      const time = html`<time datetime=${new Date(it.timestamp * 1000).toISOString()}>${shown}</time>`;
      return it.url ? html`<${Link} url=${it.url}>${time}<//>` : time;
    }
  }
}

function Emoji({ name, unicode }: { name: string; unicode?: string }): VNode {
  const char = unicode
    ? String.fromCodePoint(...unicode.split('-').map((hex) => Number.parseInt(hex, 16)))
    : emoji(name);
  return char ? html`<span class="emoji" role="img" aria-label=${name}>${char}</span>` : html`:${name}:`;
}

const PERMALINK = /^https:\/\/[\w-]+\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?.*)?$/;

/** Only links that lead somewhere harmless are links: a `javascript:` address stays text. A permalink stays in the page. */
function Link({ url, children }: { url: string; children: VNode }): VNode {
  const { domain, me } = useContext(DeskContext);
  const [, channel, seconds, micros] = PERMALINK.exec(url) ?? [];
  if (channel && url.startsWith(`https://${domain}.`))
    return html`<a href=${`#${me}/${channel}/${seconds}.${micros}`}>${children}</a>`;
  if (!/^(https?|mailto|tel|slack):/i.test(url)) return html`<span>${children}</span>`;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${children}</a>`;
}
