import { describe, expect, it } from 'vitest';
import { throttleErrors } from '../../../src/db/queue/throttle-errors.ts';

function told(): { tell: (message: string, at: number) => void; heard: [string, number][] } {
  const heard: [string, number][] = [];
  let now = 0;
  const report = throttleErrors(
    (error, times) => void heard.push([error.message, times]),
    () => now,
  );
  const tell = (message: string, at: number) => {
    now = at;
    report(new Error(message));
  };
  return { tell, heard };
}

describe('an error that keeps coming', () => {
  it('is told at once, then once in a while with how often it came', () => {
    const { tell, heard } = told();
    for (const at of [0, 1_000, 2_000, 29_999, 30_000, 31_000]) tell('connect ECONNREFUSED', at);
    expect(heard).toEqual([
      ['connect ECONNREFUSED', 1],
      ['connect ECONNREFUSED', 4],
    ]);
  });

  it('is the same whichever worker of a queue met it', () => {
    const { tell, heard } = told();
    tell('connect ECONNREFUSED (Queue: match-reps, Worker: 1)', 0);
    tell('connect ECONNREFUSED (Queue: send-digest, Worker: 2)', 10);
    expect(heard).toHaveLength(1);
  });

  it('does not hide another', () => {
    const { tell, heard } = told();
    tell('connect ECONNREFUSED', 0);
    tell('deal D-1 has no account', 1);
    expect(heard.map(([message]) => message)).toEqual(['connect ECONNREFUSED', 'deal D-1 has no account']);
  });
});
