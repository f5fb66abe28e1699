import { expect, it } from 'vitest';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const OLGA = person('Olga', { role: 'primary_owner', timeZone: 'America/New_York' });
const ZOE = person('Zoe', { realName: 'Zoe Nowhere' });

const wonByZoe = (account: string) =>
  dealUpdate({ dealId: account, owner: { name: 'Zoe Nowhere' }, status: 'won', account: { name: account } });

/** The summaries that an admin has read, with the hour of each in UTC. */
function read({ slack }: Office) {
  return slack.ledger.flatMap(({ at, slackUserId, adminSummary }) =>
    adminSummary === null
      ? []
      : [{ at: at.toISOString().slice(0, 16), slackUserId, kept: adminSummary.kept }],
  );
}

async function passTo(office: Office, ...times: string[]): Promise<void> {
  for (const time of times) {
    office.clock.moveTo(new Date(time));
    await office.sweep();
    await office.sweep();
  }
}

it('an admin hears once a week, on its first working morning, what nobody could be asked', async () => {
  const office = await Office.open(store(), {
    people: [OLGA, ANA],
    start: '2026-11-24T15:00:00Z',
    playbook: { holidays: ['2026-11-30'] },
  });
  await office.receive(...['Acme', 'Bolt', 'Corner', 'Dune'].map(wonByZoe));
  await passTo(office, '2026-11-25T15:00:00Z', '2026-11-30T15:00:00Z', '2026-12-01T13:59:00Z');
  expect(read(office)).toEqual([]);
  await passTo(office, '2026-12-01T14:00:00Z', '2026-12-01T16:00:00Z', '2026-12-04T15:00:00Z');
  const kept = [{ owner: 'Zoe Nowhere', accounts: ['Acme', 'Bolt', 'Corner'], count: 4 }];
  expect(read(office)).toEqual([{ at: '2026-12-01T14:00', slackUserId: 'UOLGA', kept }]);
  await passTo(office, '2026-12-07T14:00:00Z');
  expect(read(office)).toHaveLength(2);
  expect(office.slack.bundlesOf(OLGA.slackUserId)).toEqual([]);
});

it('an admin hears nothing once it could be asked, and hears late rather than at night', async () => {
  const office = await Office.open(store(), { people: [OLGA, ANA], start: '2026-11-24T15:00:00Z' });
  const { flow, workspaceId, slack, jobs } = office;
  await office.receive(wonByZoe('Acme'));
  await passTo(office, '2026-11-25T15:00:00Z');
  slack.fail('later', 'later');
  await passTo(office, '2026-11-30T14:00:00Z');
  expect(read(office)).toEqual([]);
  await passTo(office, '2026-12-01T03:00:00Z', '2026-12-01T14:00:00Z');
  await jobs.runDue();
  expect(read(office).map(({ at }) => at)).toEqual(['2026-12-01T14:00']);
  slack.setPerson(ZOE);
  await personChanged(flow, { workspaceId, person: ZOE });
  await jobs.runDue();
  await passTo(office, '2026-12-07T15:00:00Z');
  expect(read(office)).toHaveLength(1);
});

it('an admin hears of a day to come back, too, that somebody named who has left', async () => {
  const people = [OLGA, ZOE];
  const office = await Office.open(store(), { people, start: '2026-11-24T15:00:00Z' });
  const { flow, workspaceId, jobs } = office;
  await office.receive({
    ...wonByZoe('Acme'),
    status: 'open',
    stage: 'close',
    owner: { email: 'zoe@example.com' },
  });
  const prompt = (await readOffice(office)).prompts.find(({ closedAt }) => closedAt === null);
  const answer = { kind: 'lost', reason: 'No budget', returnOn: '2027-03-01' } as const;
  const said = { slackUserId: ZOE.slackUserId, promptId: prompt?.id ?? '', key: 'click', answer };
  expect(await receiveAnswer(flow, { workspaceId, ...said })).not.toMatchObject({ kind: 'refused' });
  await personChanged(flow, { workspaceId, person: { ...ZOE, active: false } });
  await jobs.runDue();
  await passTo(office, '2026-11-25T15:00:00Z', '2026-11-30T14:00:00Z');
  const kept = [{ owner: 'Zoe Nowhere', accounts: ['Acme'], count: 1 }];
  expect(read(office)).toEqual([{ at: '2026-11-30T14:00', slackUserId: 'UOLGA', kept }]);
});
