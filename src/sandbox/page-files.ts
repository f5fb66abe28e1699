/** The files a browser may have: the page's own, and the few modules of its libraries. Nothing else exists. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

export interface PageFile {
  type: string;
  body: string;
}

const PAGE = new URL('./page/', import.meta.url);

const NODE_MODULES = new URL('../../node_modules/', import.meta.url);

const LIBRARIES: Record<string, string> = {
  '/modules/preact.mjs': 'preact/dist/preact.mjs',
  '/modules/preact-hooks.mjs': 'preact/hooks/dist/hooks.mjs',
  '/modules/htm.mjs': 'htm/dist/htm.mjs',
  '/modules/htm-preact.mjs': 'htm/preact/index.mjs',
};

const JAVASCRIPT = 'text/javascript; charset=utf-8';

const TYPES: Record<string, string> = {
  ts: JAVASCRIPT,
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  html: 'text/html; charset=utf-8',
};

/** Reads what a path of the page stands for; undefined for every path that is not on the list. */
export function pageFiles(): (path: string) => PageFile | undefined {
  const own = new Map(readdirSync(PAGE).map((name) => [`/page/${name}`, name]));
  own.set('/', 'index.html');
  return (path) => {
    const library = LIBRARIES[path];
    if (library) return { type: JAVASCRIPT, body: readFileSync(new URL(library, NODE_MODULES), 'utf8') };
    const name = own.get(path);
    const type = name && TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (!name || !type) return undefined;
    const text = readFileSync(new URL(name, PAGE), 'utf8');
    return { type, body: name.endsWith('.ts') ? toJavaScript(text) : text };
  };
}

/** The policy the page is served with; its only inline script is the import map, named by its hash. */
export function contentSecurityPolicy(html: string): string {
  const inline = html.match(/<script type="importmap">([\s\S]*?)<\/script>/)?.[1] ?? '';
  const hash = createHash('sha256').update(inline).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' https: http: data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Types become blanks, so lines and columns stay where they are for whoever debugs the page. */
function toJavaScript(source: string): string {
  const emitWarning = process.emitWarning;
  // Node strips types from the product itself without a word, but warns when asked to do it by name.
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
