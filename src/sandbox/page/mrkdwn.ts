/** Reads Slack's mrkdwn into plain data. It never fails: what is no markup is text. */
import type { Inline, Part, Style } from './marks.ts';

/** The whole of a mrkdwn text: fenced code, `>` quotes, and paragraphs with their line breaks. */
export function parseMrkdwn(source: string): Part[] {
  return source.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((piece, i): Part[] => {
    if (i % 2 === 1) return [{ kind: 'pre', text: decode(piece.replace(/<([^<>|]+)(\|[^<>]*)?>/g, '$1')) }];
    return piece ? parseLines(piece) : [];
  });
}

/** Plain text: emoji names become emoji, all else is as it stands. */
export function parsePlain(source: string, withEmoji = true): Inline[] {
  if (!withEmoji) return [{ kind: 'text', text: source }];
  return source
    .split(/(:[a-z0-9_+'-]+:)/)
    .filter(Boolean)
    .map((piece): Inline => {
      const name = piece.match(/^:([a-z0-9_+'-]+):$/)?.[1];
      return name ? { kind: 'emoji', name } : { kind: 'text', text: piece };
    });
}

/** One run of text, without quotes or fences. */
export function parseInline(source: string): Inline[] {
  const found: Inline[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const token = tokenAt(source, at);
    if (!token) {
      text += source[at++];
      continue;
    }
    if (text) found.push({ kind: 'text', text: decode(text) });
    text = '';
    found.push(token.node);
    at = token.end;
  }
  if (text) found.push({ kind: 'text', text: decode(text) });
  return found;
}

function parseLines(piece: string): Part[] {
  const runs: { quote: boolean; lines: string[] }[] = [];
  for (const line of piece.replace(/\n$/, '').split('\n')) {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    const last = runs.at(-1);
    if (last && last.quote === Boolean(quoted)) last.lines.push(quoted?.[1] ?? line);
    else runs.push({ quote: Boolean(quoted), lines: [quoted?.[1] ?? line] });
  }
  return runs.map((run) => ({
    kind: run.quote ? 'quote' : 'paragraph',
    of: parseInline(run.lines.join('\n')),
  }));
}

interface Token {
  node: Inline;
  end: number;
}

function tokenAt(source: string, at: number): Token | undefined {
  const char = source[at] as string;
  if (char === '<') return entityAt(source, at);
  if (char === ':') return emojiAt(source, at);
  if (char === '`') return codeAt(source, at);
  const style = STYLES[char];
  return style && styledAt(source, at, char, style);
}

const STYLES: Record<string, Style> = { '*': { bold: true }, _: { italic: true }, '~': { strike: true } };

function entityAt(source: string, at: number): Token | undefined {
  const match = /^<([^<>\n]+)>/.exec(source.slice(at));
  if (!match?.[1]) return undefined;
  return { node: entity(match[1]), end: at + match[0].length };
}

function entity(inside: string): Inline {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : decode(inside.slice(bar + 1));
  const labelled = label ? { label } : {};
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), ...labelled };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), ...labelled };
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice(9), ...labelled };
  if (target.startsWith('!date^')) return date(target.slice(6), label ?? '');
  if (target.startsWith('!')) return { kind: 'broadcast', range: target.slice(1).split('^')[0] as string };
  return { kind: 'link', url: decode(target), of: [{ kind: 'text', text: label ?? decode(target) }] };
}

function date(spec: string, fallback: string): Inline {
  const [seconds, format = '', url] = spec.split('^');
  const timestamp = Number(seconds);
  if (!Number.isFinite(timestamp)) return { kind: 'text', text: fallback };
  return { kind: 'date', timestamp, format: decode(format), fallback, ...(url ? { url: decode(url) } : {}) };
}

function emojiAt(source: string, at: number): Token | undefined {
  const match = /^:([a-z0-9_+'-]+):/.exec(source.slice(at));
  if (!match?.[1] || /^\d+$/.test(match[1])) return undefined;
  return { node: { kind: 'emoji', name: match[1] }, end: at + match[0].length };
}

function codeAt(source: string, at: number): Token | undefined {
  const match = /^`([^`\n]+)`/.exec(source.slice(at));
  if (!match?.[1]) return undefined;
  const text = decode(match[1]);
  return { node: { kind: 'text', text, style: { code: true } }, end: at + match[0].length };
}

/** A style opens and closes at the edges of words, within one line: `2*3*4` and `snake_case_name` are text. */
function styledAt(source: string, at: number, mark: string, style: Style): Token | undefined {
  if (isWord(source[at - 1]) || /[\s]|undefined/.test(String(source[at + 1])) || source[at + 1] === mark)
    return undefined;
  for (let end = at + 2; end < source.length && source[end] !== '\n'; end++) {
    if (source[end] === '<') end = entityAt(source, end)?.end ?? end;
    if (source[end] !== mark || /\s/.test(source[end - 1] as string) || isWord(source[end + 1])) continue;
    return { node: { kind: 'styled', style, of: parseInline(source.slice(at + 1, end)) }, end: end + 1 };
  }
  return undefined;
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}

function decode(text: string): string {
  return text.replace(
    /&(amp|lt|gt);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] as string,
  );
}
