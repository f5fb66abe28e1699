import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_PLAYBOOK } from '../../src/domain/asking/playbook.ts';
import { showAccount } from '../../src/flow/show/show-account.ts';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { slackApp } from '../../src/slack/app.ts';
import { ACTION, MORE } from '../../src/slack/kit/ids.ts';
import { Pace } from '../../src/slack/send/pace.ts';
import { MemorySlack } from '../support/memory-slack.ts';
import { neverFails } from '../support/never-fails.ts';
import { postSigned } from '../support/slack-request.ts';
import { useStore } from '../support/test-store.ts';
import { recordingLog } from '../web/recording-log.ts';
import { ANA, SlackSide, served } from './slack-side.ts';

const store = useStore();
const story = { words: 'We ship a day earlier' };

async function acme({ flow, slack }: SlackSide) {
  return await showAccount(flow, {
    workspaceId: slack.team.id,
    slackUserId: ANA.id,
    client: { name: 'Acme' },
    limit: 10,
  });
}

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  it('a rep tells the story in one form, and the next engagement begins', async () => {
    const side = await SlackSide.open(store(), mode);
    const form = await side.openForm(ACTION.verify);
    await side.sees(form, 'yes');
    side.fill(form, story);
    for (const [row, words] of ['A second line', 'Somebody at night'].entries()) {
      await side.turnTo(form, `need:${row}`, `need_${row}_words`);
      side.fill(form, { [`need_${row}_words`]: words });
    }
    await side.turnTo(form, 'first', '"step"');
    expect(await side.submit(form, { step: 'heard:0' })).toMatchObject({ ok: true });
    const [closing] = side.slack.openViews(ANA.id);
    expect(JSON.stringify(closing?.view)).toContain('The next order with Acme has begun');
    expect(await acme(side)).toMatchObject({ kind: 'found', view: { totalTurns: 2, needs: [{}, {}] } });
    expect(await side.drawn()).toContain('They see it: “We ship a day earlier”');
  });

  it('“They see it already” is one form with that said in it, and what comes next under it', async () => {
    const side = await SlackSide.open(store(), mode);
    const form = await side.openForm(ACTION.verify);
    expect(await side.submit(form, { words: story.words, step: 'later' })).toMatchObject({ ok: true });
    expect(await side.drawn()).toContain('They see it: “We ship a day earlier”');
  });

  it('an answer given with a picker is shown as answered, and what comes next is said', async () => {
    const side = await SlackSide.open(store(), mode);
    await side.click({ actionId: ACTION.talkOn, value: '2026-11-30' });
    await side.whispered('On Mon 30 Nov');
    const drawn = await side.drawn();
    expect(drawn).toContain('You talk on Mon 30 Nov');
    expect(drawn).not.toContain(ACTION.talkOn);
  });

  it('a note is kept and answered in its thread, once, however often Slack repeats it', async () => {
    const side = await SlackSide.open(store(), mode);
    side.slack.repeatNextEvents(1, 3);
    await side.slack.say(ANA.id, side.dm, 'They want it & more', { threadTs: side.asked().ts });
    const replies = () =>
      side.slack.messages(side.dm).filter(({ text }) => text.startsWith("I'll remember that about Acme."));
    await side.slack.until('the reply', () => replies().length > 0);
    await side.slack.until('the end of the repeats', () =>
      side.slack.deliveries.every(({ outcome }) => outcome !== 'pending'),
    );
    expect(replies()).toHaveLength(1);
    expect(await acme(side)).toMatchObject({ view: { notes: [{ text: 'They want it & more' }] } });
  });

  it('a note that cannot be stored is sent again by Slack until it is', async () => {
    const side = await SlackSide.open(store(), mode);
    const whole = side.flow.store;
    side.loseStore();
    const said = side.slack.say(ANA.id, side.dm, 'They want it', { threadTs: side.asked().ts });
    await side.slack.until('the first try to fail', () =>
      side.logged.lines.some(({ message }) => message === 'Slack was not served'),
    );
    side.flow.store = whole;
    await said;
    await side.slack.until('a try that is acknowledged', () =>
      side.slack.deliveries.some(({ retryNum, outcome }) => retryNum > 0 && outcome === 'acked'),
    );
    expect(await acme(side)).toMatchObject({ view: { notes: [{ text: 'They want it' }] } });
  });
});

it('"help" in the DM is answered with what can be typed, and is no note', async () => {
  const side = await SlackSide.open(store());
  await side.slack.say(ANA.id, side.dm, 'Help!');
  await side.slack.until('the help', () =>
    side.slack.messages(side.dm).some(({ text }) => text.includes('/whatsnext won Acme 4514 USD')),
  );
  expect(await acme(side)).toMatchObject({ view: { notes: [] } });
});

describe('an answer', () => {
  it('on a day that has passed is refused with a word to the rep', async () => {
    const side = await SlackSide.open(store());
    await side.click({ actionId: ACTION.talkOn, value: '2026-11-20' });
    await side.whispered('That day has passed. Pick today or later.');
    expect(await side.drawn()).toContain(ACTION.talkOn);
  });

  it('to "Why am I asked?" names the rule, the event and the day', async () => {
    const side = await SlackSide.open(store());
    await side.click({ actionId: ACTION.more, value: MORE.why });
    await side.whispered("Acme closed today. After each close I ask what's next.");
  });

  it('of "next week" puts the question off to Monday', async () => {
    const side = await SlackSide.open(store());
    await side.click({ actionId: ACTION.more, value: MORE.nextWeek });
    await side.whispered('On Mon 30 Nov');
    expect(await side.drawn()).toContain('Not yet, ask on Mon 30 Nov');
  });

  it('with faults leaves the form open and names each where it is', async () => {
    const side = await SlackSide.open(store());
    const form = await side.openForm(ACTION.verify);
    await side.sees(form, 'yes');
    const shown = await side.submit(form, { ...story, step: 'return', return_on: '2026-11-01' });
    expect(shown).toMatchObject({ errors: { return_on: 'That day has passed. Pick today or later.' } });
  });

  it('in a form that cannot be stored leaves the form open with the text and says why', async () => {
    const side = await SlackSide.open(store());
    const form = await side.openForm(ACTION.verify);
    await side.sees(form, 'yes');
    side.loseStore();
    const shown = await side.submit(form, { ...story, step: 'later' });
    expect(shown).toMatchObject({ errors: { sees: expect.stringContaining('Your text is still here') } });
    expect(side.slack.openViews(ANA.id)[0]?.values).toMatchObject({ words: { value: story.words } });
  });

  it('in a form that was changed while the first words were being stored does not pass for kept', async () => {
    const side = await SlackSide.open(store());
    const form = await side.openForm(ACTION.verify);
    side.fill(form, { sees: 'yes' });
    const resumeDeliveries = side.stallStore();
    const slow = await side.submit(form, story);
    expect(slow).toMatchObject({ errors: { sees: expect.stringContaining('press Save once more') } });
    resumeDeliveries();
    await expect.poll(() => side.drawn()).toContain('They see it: “');
    expect(await side.submit(form, { words: 'We ship a week earlier' })).toMatchObject({ ok: true });
    expect(JSON.stringify(side.slack.openViews(ANA.id))).toContain('is kept as a note');
    expect(side.slack.openViews(ANA.id)[0]?.view).toMatchObject({ title: { text: 'Thank you' } });
    expect(await acme(side)).toMatchObject({ view: { notes: [{ text: 'We ship a week earlier' }] } });
  });

  it('that cannot be stored is not acknowledged, and the rep is told so', async () => {
    const side = await SlackSide.open(store(), 'http');
    side.loseStore();
    const shown = await side.click({ actionId: ACTION.more, value: MORE.tomorrow });
    expect(shown).toMatchObject({ ok: false, error: 'dispatch_failed' });
    await side.whispered("I couldn't keep that just now.");
    expect(JSON.stringify(side.logged.lines)).not.toContain(side.slack.botToken);
  });
});

describe('an order typed in', () => {
  it('that takes too long to be stored is given back before Slack throws it away', async () => {
    const side = await SlackSide.open(store());
    const resumeDeliveries = side.stallStore();
    const shown = await side.slack.command(ANA.id, side.dm, '/whatsnext', 'need Acme a second line');
    resumeDeliveries();
    expect(JSON.stringify(shown)).toContain('I may not have kept that');
    expect(JSON.stringify(shown)).toContain('You typed: /whatsnext need Acme a second line');
  });
});

describe('a question in Home', () => {
  async function inHome() {
    const side = await SlackSide.open(store());
    await side.slack.openHome(ANA.id, 'home');
    const home = await side.slack.until('Home', () => side.slack.home(ANA.id));
    return { side, viewId: home.id };
  }

  it('that is coming shows in a modal, takes the answer there, and says what comes next', async () => {
    const { side, viewId } = await inHome();
    await side.slack.click(ANA.id, { viewId }, { actionId: ACTION.open });
    const asking = await side.slack.until('the question', () => side.slack.openViews(ANA.id)[0]);
    await side.slack.click(ANA.id, { viewId: asking.id }, { actionId: ACTION.laterOn, value: '2026-12-04' });
    await side.slack.until('what comes next', () =>
      JSON.stringify(side.slack.openViews(ANA.id)).includes('On Fri 4 Dec'),
    );
    await side.slack.until('Home anew', () => homeSays(side, "I'll ask on Fri 4 Dec"));
  });

  it('that waits opens its form right there, and Home shows what comes next', async () => {
    const { side, viewId } = await inHome();
    await side.slack.click(ANA.id, { viewId }, { actionId: ACTION.verify });
    const form = await side.slack.until('the form', () => side.slack.openViews(ANA.id)[0]);
    side.fill(form, { sees: 'yes' });
    expect(await side.submit(form, story)).toMatchObject({ ok: true });
    expect(await side.drawn()).toContain('They see it: “');
    await side.slack.until('Home anew', () => homeSays(side, 'Which need comes next at Acme?'));
  });
});

function homeSays({ slack }: SlackSide, words: string): boolean {
  return JSON.stringify(slack.home(ANA.id)?.view).includes(words);
}

describe('Slack being away at the start', () => {
  async function starting(way: 'socket' | 'http') {
    const slack = new SlackStandIn({ users: [ANA] });
    await slack.start();
    onTestFinished(() => slack.stop());
    slack.fail({ method: 'auth.test', kind: 'http_500' });
    const { log, lines } = recordingLog();
    const now = () => new Date('2026-11-23T09:00:00Z');
    const flow = {
      store: store(),
      slackOf: () => new MemorySlack(now, []),
      now,
      log,
      defaults: DEFAULT_PLAYBOOK,
    };
    const identified = Promise.withResolvers<string>();
    const app = slackApp({
      ...{
        flow,
        botToken: slack.botToken,
        apiUrl: slack.apiUrl,
        pace: new Pace(),
        log,
        onFailed: neverFails,
      },
      ...(way === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret }),
      onIdentified: ({ workspaceId }) => identified.resolve(workspaceId),
    });
    onTestFinished(() => app.stop());
    return { slack, app, lines, identified: identified.promise };
  }

  it('is survived, said in the log, and over when it comes back', async () => {
    const { slack, app, lines, identified } = await starting('socket');
    await app.start();
    expect(await identified).toBe(slack.team.id);
    expect(lines.map(({ message }) => message)).toContain('Slack does not answer; trying again');
  });

  it('nobody is served until it has said which workspace is ours, and then only that one', async () => {
    const { slack, app, lines } = await starting('http');
    const url = await served(app.requestListener!);
    const from = (team_id: string) => {
      const event = { type: 'app_home_opened', tab: 'messages', user: ANA.id, channel: slack.dm(ANA.id) };
      const body = { type: 'event_callback', event_id: `Ev${team_id}`, team_id, event };
      return postSigned(slack, url, 'application/json', JSON.stringify(body));
    };
    expect(await from('T0ELSEWHERE')).toBe(503);
    expect(await from(slack.team.id)).toBe(503);
    await app.start();
    expect(await from('T0ELSEWHERE')).toBe(200);
    expect(lines.filter(({ message }) => message.endsWith('that is not ours'))).toHaveLength(1);
    expect(await from(slack.team.id)).toBe(200);
    expect(lines.filter(({ message }) => message.endsWith('that is not ours'))).toHaveLength(1);
  });
});
