import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.ts';

describe('the log', () => {
  it('says of an error its name, message, code, stack and causes, and nothing that hangs on it', () => {
    const client = { connectionParameters: { password: 'hunter2' }, secretKey: 4_711 };
    const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', client });
    const error = Object.assign(new Error('not stored', { cause }), { client, parameters: ['they wrote'] });
    const [line] = written((log) => log.error({ err: error }, 'a job failed'));
    expect(line).toMatchObject({ msg: 'a job failed', err: { message: 'not stored', name: 'Error' } });
    expect(Object.keys(line.err).sort()).toEqual(['cause', 'message', 'name', 'stack']);
    expect(Object.keys(line.err.cause as object).sort()).toEqual(['code', 'message', 'name', 'stack']);
    expect(JSON.stringify(line)).not.toMatch(/hunter2|4711|they wrote/);
  });

  it('says each of several errors, and does not run in circles', () => {
    const ring = new Error('ring');
    ring.cause = ring;
    const all = new AggregateError([new Error('first'), ring], '2 of 3 failed');
    const [line] = written((log) => log.warn({ err: all }, 'a sweep failed'));
    expect(line.err).toMatchObject({
      message: '2 of 3 failed',
      errors: [{ message: 'first' }, { message: 'ring' }],
    });
  });

  it('keeps tokens to itself', () => {
    const [line] = written((log) => log.info({ token: 'xoxb-1', slack: { token: 'xoxb-2' } }, 'hello'));
    expect(JSON.stringify(line)).not.toContain('xoxb');
  });
});

function written(write: (log: ReturnType<typeof createLog>) => void): [{ err: Record<string, unknown> }] {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line)) as [{ err: Record<string, unknown> }];
}
