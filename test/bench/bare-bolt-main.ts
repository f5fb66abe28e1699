/** The least that can answer a slash command: a Bolt app that only acknowledges. */
import { App, LogLevel } from '@slack/bolt';

const { SLACK_API_URL = '', SLACK_BOT_TOKEN = '', SLACK_SIGNING_SECRET = '', PORT = '0' } = process.env;
const app = new App({
  token: SLACK_BOT_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: SLACK_API_URL },
  convoStore: false,
  logLevel: LogLevel.ERROR,
});
app.command('/whatsnext', async ({ ack }) => await ack());
await app.start(Number(PORT));
console.log('listening');
