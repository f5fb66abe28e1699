import type { Slack } from '../../src/sandbox/stand-in/slack.ts';

/** How Slack fails a call; after two of these it has done what was asked all the same. */
const KINDS = ['ratelimited', 'http_500', 'http_500_after', 'timeout_before', 'timeout_after'] as const;
const ONE_IN = 6;

/** From now on Slack fails one call in six, whatever is called. */
export function failOneInSix(slack: Slack, chance: () => number): void {
  let struck: string | undefined;
  KINDS.forEach((kind, index) => {
    slack.fail({
      method: /./,
      kind,
      times: Number.POSITIVE_INFINITY,
      when: () => {
        // One throw for all kinds, by the first that is asked.
        if (index === 0) struck = KINDS[Math.floor(chance() * KINDS.length * ONE_IN)];
        return struck === kind;
      },
    });
  });
}
