import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../flow/ports.ts';
import { withoutTokens } from '../send/errors.ts';

/**
 * Slack's packages log through ours. Their debug lines hold whole payloads, and with them what people wrote: they
 * are never passed on, and what is passed on has its tokens masked.
 */
export function slackLogger(log: Log): Logger {
  const pass =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      log[level]({ from: 'slack' }, withoutTokens(parts.map(String).join(' ')));
  return {
    debug: () => undefined,
    info: pass('info'),
    warn: pass('warn'),
    error: pass('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
