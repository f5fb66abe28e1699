import type { Log } from '../../src/flow/ports.ts';

export interface LogLine {
  level: keyof Log;
  data: object;
  message: string;
}

/** A log whose lines a test can read. */
export function recordingLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: keyof Log) => (data: object, message: string) => {
    lines.push({ level, data, message });
  };
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines };
}
