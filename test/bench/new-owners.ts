import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { asksIn } from '../support/asks.ts';
import { signedRequest, wonEvent } from '../support/crm.ts';
import { crowd } from '../support/crowd.ts';
import { pause } from '../support/pause.ts';
import { DEALS_SECRET } from '../support/product.ts';
import { scratchDatabase } from '../support/scratch-database.ts';
import { type Point, tell } from './point.ts';
import { startProduct, WORKSPACE } from './world.ts';

const OWNERS = 30;
const EVERY_MS = 400;
const DRAIN_SECONDS = 70;
const TARGET_MS = 5_000;

/**
 * Closes of owners of whom nobody had heard, in a Slack that enforces its tiers (users.list 20 a minute,
 * users.lookupByEmail 50): how long after its close the last DM arrives.
 */
export const newOwners: Point = {
  name: 'new-owners',
  run: async () => {
    const team = { id: WORKSPACE, name: 'Bench' };
    // No events: nobody tells the product of those who come after it has read everybody.
    const slack = new SlackStandIn({ users: crowd(1), team, rateLimits: true, subscriptions: [] });
    await slack.start();
    await using _stopped = { [Symbol.asyncDispose]: async () => await slack.stop() };
    await using database = await scratchDatabase();
    await using product = await startProduct({ slack, databaseUrl: database.url });
    await slack.until('everybody to be read', () => slack.calls('users.list').length > 0);
    for (const user of crowd(OWNERS).slice(1)) await slack.addUser(user);
    const told = new Map<string, number>();
    for (let one = 1; one <= OWNERS; one += 1) {
      const id = `N${one}`;
      const owner = { email: `rep${one}@example.com` };
      const event = wonEvent({ id, account: `Client ${one}`, owner, wonAt: new Date() });
      told.set(id, Date.now());
      const { status } = await fetch(product.hookUrl, signedRequest(DEALS_SECRET, `msg_${id}`, event));
      if (status !== 202) throw new Error(`the close of a new owner was answered with ${status}`);
      await pause(EVERY_MS);
    }
    const last = await lastArrival(slack, told);
    for (const method of ['users.list', 'users.lookupByEmail'])
      tell(`  ${method} was called ${slack.calls(method).length} times`);
    return [
      {
        what: `close → DM of ${OWNERS} new owners in ${(OWNERS * EVERY_MS) / 1_000} s, the last`,
        ours: last === null ? `not within ${DRAIN_SECONDS} s` : `${Math.round(last)} ms`,
        beside: "Slack's tiers enforced",
        ratio: null,
        target: '≤ 5 s',
        pass: last !== null && last <= TARGET_MS,
      },
    ];
  },
};

/** The longest way from a close to its DM, in ms; null when one did not arrive. */
async function lastArrival(slack: SlackStandIn, told: ReadonlyMap<string, number>): Promise<number | null> {
  for (let second = 0; second < DRAIN_SECONDS; second += 1) {
    const took = asksIn(slack.ledger).flatMap(({ at, dealIds }) =>
      dealIds.map((id) => at.getTime() - (told.get(id) ?? at.getTime())),
    );
    if (took.length >= told.size) return Math.max(...took);
    await pause(1_000);
  }
  return null;
}
