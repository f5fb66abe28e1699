import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler } from './server.ts';

/** What the process cannot do its work without. A check rejects while its thing is away. */
export type Checks = Record<string, () => Promise<void>>;

/** Milliseconds after which a check counts as failed: whoever probes does not wait for ever either. */
const CHECKS_WITHIN = 2_000;

/** 200 while the process lives. */
export const healthz: Handler = (req, res) => {
  answer(req, res, 200, { alive: true });
};

/** 200 when every check passes, else 503 with the names of what is missing. */
export function readyz(checks: Checks, within = CHECKS_WITHIN): Handler {
  let asked: Promise<string[]> | null = null;
  return async (req, res) => {
    // Checks are work: whoever asks meanwhile hears the same.
    asked ??= missingOf(checks, within).finally(() => {
      asked = null;
    });
    const missing = await asked;
    answer(
      req,
      res,
      missing.length === 0 ? 200 : 503,
      missing.length === 0 ? { ready: true } : { ready: false, missing },
    );
  };
}

/** The names of the checks that fail. */
async function missingOf(checks: Checks, within: number): Promise<string[]> {
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => ({ name, ok: await passes(check, within) })),
  );
  return outcomes.filter(({ ok }) => !ok).map(({ name }) => name);
}

async function passes(check: () => Promise<void>, within: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, within, false);
  try {
    return await Promise.race([
      late,
      check().then(
        () => true,
        () => false,
      ),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

function answer(req: IncomingMessage, res: ServerResponse, status: number, body: object): void {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  res.end(req.method === 'HEAD' ? undefined : `${JSON.stringify(body)}\n`);
}
