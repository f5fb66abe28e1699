import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import postgres from 'postgres';
import { SERVER } from '../support/scratch-database.ts';
import type { Row } from './point.ts';

/** The rows as Markdown, with the machine, the date and the versions they hold for. */
export async function table(rows: readonly Row[]): Promise<string> {
  const lines = rows.map(({ what, ours, beside, ratio, target, pass }) =>
    [what, ours, beside, ratio === null ? '' : ratio.toFixed(2), target, pass ? 'yes' : '**no**'].join(' | '),
  );
  return [
    "| What | What's Next | Beside | Ratio | Target | Met |",
    '|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
    '',
    await circumstances(),
  ].join('\n');
}

async function circumstances(): Promise<string> {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  const versions = ['@slack/bolt', 'postgres', 'pg-boss', '@electric-sql/pglite'].map((name) => {
    return `${name} ${versionOf(name)}`;
  });
  return [
    `Measured on ${date}: ${cpus().length} × ${cpu?.model.trim()}, ${memory} GB`,
    `Node ${process.versions.node}, PostgreSQL ${await serverVersion()}`,
    ...versions,
  ].join(', ');
}

function versionOf(name: string): string {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

async function serverVersion(): Promise<string> {
  const sql = postgres(SERVER, { max: 1 });
  try {
    const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
    return row?.version.split(' ')[0] ?? 'unknown';
  } finally {
    await sql.end();
  }
}
