import { startBare } from './bare-server.ts';
import { fill } from './fill.ts';
import { fillHistory } from './fill-history.ts';
import { load } from './load.ts';
import { byTurns, type Point } from './point.ts';
import { answerAddress, slashCommand } from './slash-command.ts';
import { openWorld, startProduct } from './world.ts';

const ENGAGEMENTS = 10_000;
const REPS = 100;
const CONNECTIONS = 5;
const A_SECOND = 20;
const SECONDS = 15;
const ROUNDS = 5;
const TARGET = 1.5;

/** How long Slack waits for the acknowledgement of /whatsnext, beside an app that does nothing else. */
export const ack: Point = {
  name: 'ack',
  run: async () => {
    await using world = await openWorld({ reps: REPS });
    await fill(world.databaseUrl, (sql) => fillHistory(sql, ENGAGEMENTS));
    await using product = await startProduct(world, { http: true });
    const { apiUrl, botToken, signingSecret } = world.slack;
    const env = { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret };
    await using bare = await startBare('bare-bolt-main.ts', env);
    const answers = await answerAddress();
    const p99 = async (url: string) => {
      const requests = [slashCommand(signingSecret, answers.url)];
      return (await load({ url, connections: CONNECTIONS, seconds: SECONDS, aSecond: A_SECOND, requests }))
        .p99Ms;
    };
    const bareUrl = `${bare.url}/slack/events`;
    await p99(bareUrl);
    await p99(product.slackUrl);
    const sides = { ours: () => p99(product.slackUrl), beside: () => p99(bareUrl) };
    const { ours, beside, ratio } = await byTurns(ROUNDS, sides);
    answers.close();
    return [
      {
        what: `/whatsnext ack, p99 at ${A_SECOND}/s`,
        ours: `${ours} ms`,
        beside: `${beside} ms: a Bolt app that only acks`,
        ...{ ratio, target: `≤ ${TARGET}`, pass: ratio <= TARGET },
      },
    ];
  },
};
