import { describe, expect, it } from 'vitest';
import { identify, OrgWideTokenError } from '../../../src/slack/connection/identity.ts';
import { ACTION, MORE } from '../../../src/slack/kit/ids.ts';
import { useStore } from '../../support/test-store.ts';
import { slackOf } from '../../support/whole-product.ts';
import { recordingLog } from '../../web/recording-log.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();
const ORGANISATION = { enterpriseId: 'E0ORG', id: 'T0ORG', name: 'Acme Sales' };
const ELSEWHERE = 'T0ELSEWHERE';

describe('in an organisation of several workspaces', () => {
  it('a click under another workspace’s id on a question of ours is answered', async () => {
    const side = await SlackSide.open(store(), 'http', { team: ORGANISATION });
    await side.slack.changeUser(ANA.id, { teamId: ELSEWHERE });
    expect(await side.click({ actionId: ACTION.more, value: MORE.why })).toMatchObject({ ok: true });
    await side.whispered("Acme closed today. After each close I ask what's next.");
  });

  it('a form filled in under another workspace’s id is kept', async () => {
    const side = await SlackSide.open(store(), 'socket', { team: { ...ORGANISATION, id: 'T0ORGFORM' } });
    await side.slack.changeUser(ANA.id, { teamId: ELSEWHERE });
    const form = await side.openForm(ACTION.verify);
    const story = { sees: 'yes', words: 'A day earlier' };
    expect(await side.submit(form, story)).toMatchObject({ ok: true });
    expect(await side.drawn()).toContain('They see it: “A day earlier”');
  });

  it('a token of the whole organisation is refused in one line', async () => {
    const slack = await slackOf({
      team: { id: 'T0ORG', name: 'Org', enterpriseId: 'E0ORG', isOrgWide: true },
    });
    const { log } = recordingLog();
    const identifying = identify({ botToken: slack.botToken, apiUrl: slack.apiUrl, log });
    await expect(identifying).rejects.toThrow(OrgWideTokenError);
  });
});

describe('what nothing here listens to', () => {
  it.each(['http', 'socket'] as const)('is answered at once over %s', async (mode) => {
    const side = await SlackSide.open(store(), mode, { ackTimeoutMs: 2_900 });
    expect(await side.slack.shortcut(ANA.id, 'no_such_shortcut')).toMatchObject({ ok: true });
    const question = { channel: side.dm, ts: side.asked().ts };
    expect(await side.slack.shortcut(ANA.id, 'no_such_shortcut', question)).toMatchObject({ ok: true });
    const said = side.logged.lines.filter(({ message }) => message.startsWith('Nothing here listens'));
    expect(said).toMatchObject([
      { level: 'debug', data: { type: 'shortcut' } },
      { level: 'debug', data: { type: 'message_action' } },
    ]);
  });
});
