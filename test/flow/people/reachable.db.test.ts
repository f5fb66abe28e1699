import { describe, expect, it } from 'vitest';
import { changeRep } from '../../../src/db/who/rep.ts';
import type { OwnerRef } from '../../../src/domain/cycle/deal-update.ts';
import { applyDealUpdates } from '../../../src/flow/intake/apply-deal-updates.ts';
import { receiveDealUpdates } from '../../../src/flow/intake/receive-deal-updates.ts';
import { importTeams } from '../../../src/flow/people/import-teams.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import { readAllPeople } from '../../../src/flow/people/read-people.ts';
import type { Person } from '../../../src/flow/ports.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { recordingLog } from '../../web/recording-log.ts';
import { breaches } from '../model/breaches.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();

const OLGA = person('Olga', { role: 'primary_owner' });
const ABE = person('Abe', { role: 'admin' });
const MIA = person('Mia');
const LEFT = person('Left', { active: false });
const TEAMS = [
  { owner: 'Left Example', manager: 'Mia Example' },
  { owner: 'Zoe Nowhere', manager: 'Mia Example' },
  { owner: 'Mia Example', manager: 'Ben Example' },
];

const wonBy = (dealId: string, owner: OwnerRef) =>
  dealUpdate({ dealId, owner, status: 'won', account: { id: dealId, name: `Account ${dealId}` } });

/** Who is asked, or keeps what nobody can be asked, in Slack's words. */
async function askedOf(office: Office, dealId: string): Promise<string> {
  const { engagements, prompts, reps } = await readOffice(office);
  const engagement = engagements.find((one) => one.dealId === dealId);
  const prompt = prompts.find((one) => one.engagementId === engagement?.id && one.closedAt === null);
  const rep = reps.find(({ id }) => id === prompt?.repId);
  expect(rep?.id).toBe(engagement?.ownerId);
  return `${rep?.slackUserId ?? rep?.name}${prompt?.unaskableSince == null ? '' : ' (kept)'}`;
}

async function tell({ flow, workspaceId, slack, jobs }: Office, ...told: Person[]): Promise<void> {
  for (const somebody of told) {
    slack.setPerson(somebody);
    await personChanged(flow, { workspaceId, person: somebody });
    await jobs.runDue();
  }
}

async function led(people: Person[]): Promise<Office> {
  const office = await Office.open(store(), { people });
  await importTeams(office.flow, office.workspaceId, TEAMS);
  await office.jobs.runDue();
  return office;
}

describe('what is asked of an owner who', () => {
  it.each<[string, OwnerRef]>([
    ['had left Slack before we knew them', { email: 'left@example.com', name: 'Left Example' }],
    ['was never found in Slack', { name: 'Zoe Nowhere' }],
  ])('%s goes to the first up the line who can be reached, and follows the line', async (_, owner) => {
    const office = await led([OLGA, MIA, BEN, LEFT]);
    await office.receive(wonBy('D-1', owner));
    expect(await askedOf(office, 'D-1')).toBe('UMIA');
    expect(office.slack.bundlesOf(MIA.slackUserId)).toHaveLength(1);
    await tell(office, { ...MIA, active: false });
    expect(await askedOf(office, 'D-1')).toBe('UBEN');
    await tell(office, MIA);
    expect(await askedOf(office, 'D-1')).toBe('UMIA');
    expect(await breaches(office)).toEqual([]);
  });

  it('has an heir who is not there either goes to an admin, who is not asked; and all comes home', async () => {
    const zoe = person('Zoe', { realName: 'Zoe Nowhere' });
    const office = await led([OLGA, ABE, ANA]);
    await office.receive(wonBy('D-1', { name: 'Zoe Nowhere' }), wonBy('D-2', { email: 'ana@example.com' }));
    expect(await askedOf(office, 'D-1')).toBe('UOLGA (kept)');
    for (let sweep = 0; sweep < 3; sweep += 1) {
      office.clock.pass({ days: 1 });
      await office.sweep();
    }
    expect(office.slack.bundlesOf(OLGA.slackUserId)).toEqual([]);
    await tell(office, { ...OLGA, active: false });
    expect(await askedOf(office, 'D-1')).toBe('UABE (kept)');
    expect(await breaches(office)).toEqual([]);
    await tell(office, zoe);
    expect(await askedOf(office, 'D-1')).toBe('UZOE');
    expect(office.slack.bundlesOf(zoe.slackUserId)).toHaveLength(1);
  });

  it('nobody leads goes to whom the environment names as an admin, before those of Slack', async () => {
    const office = await Office.open(store(), { people: [OLGA, ABE, ANA], admins: ['UGONE', 'UANA'] });
    await office.receive(wonBy('D-1', { name: 'Zoe Nowhere' }));
    expect(await askedOf(office, 'D-1')).toBe('UANA (kept)');
    expect(office.slack.bundlesOf(ANA.slackUserId)).toEqual([]);
  });

  it('is left to admins of whom the environment names some who are not here says so in the log', async () => {
    const { log, lines } = recordingLog();
    const office = await Office.open(store(), { people: [OLGA, ANA], admins: ['UGONE', 'UANA'], log });
    await readAllPeople(office.flow, office);
    const line = lines.find(({ message }) => message.startsWith('ADMIN_USERS'));
    expect(line).toMatchObject({ level: 'warn', data: { unknown: ['UGONE'] } });
  });

  it('has just been told of waits for the look-up, and bothers nobody else before', async () => {
    const office = await led([OLGA, MIA, BEN]);
    const { flow, workspaceId } = office;
    const owner = { email: 'nobody@example.com', name: 'Zoe Nowhere' };
    await receiveDealUpdates(flow, workspaceId, [[wonBy('D-1', owner)]]);
    await applyDealUpdates(flow, workspaceId);
    expect(await askedOf(office, 'D-1')).toBe('Zoe Nowhere');
    await office.jobs.runDue();
    expect(await askedOf(office, 'D-1')).toBe('UMIA');
  });

  it('leaves goes to an admin where there is one, and to another rep only where none is known', async () => {
    for (const [people, keeper] of [
      [[ANA, BEN, ABE], 'UABE (kept)'],
      [[ANA, BEN], 'UBEN (kept)'],
    ] as const) {
      const office = await Office.open(store(), { people });
      const ofBen = wonBy('D-2', { email: 'ben@example.com' });
      await office.receive(wonBy('D-1', { email: 'ana@example.com' }), ofBen);
      await tell(office, { ...ANA, active: false });
      expect(await askedOf(office, 'D-1')).toBe(keeper);
      expect(await breaches(office)).toEqual([]);
    }
  });

  it('was asked in vain, as everything died in between, goes on with the next sweep', async () => {
    const office = await led([OLGA, MIA, BEN, ANA]);
    const { flow, workspaceId } = office;
    await office.receive(wonBy('D-1', { email: 'ana@example.com' }));
    const { reps } = await readOffice(office);
    const ana = reps.find(({ slackUserId }) => slackUserId === ANA.slackUserId)!;
    await flow.store.transaction((tx) => changeRep(tx, workspaceId, ana.id, { active: false }));
    await office.sweep();
    expect(await askedOf(office, 'D-1')).toBe('UOLGA (kept)');
  });
});

it('a return comes to whoever stands in, and home with its owner', async () => {
  const office = await led([OLGA, MIA, BEN]);
  const zoe = person('Zoe', { realName: 'Zoe Nowhere' });
  const lost = { ...wonBy('D-1', { name: 'Zoe Nowhere' }), status: 'lost' as const };
  await office.receive(lost);
  const whose = async () => {
    const { prompts, reps } = await readOffice(office);
    const open = prompts.filter(({ closedAt, question }) => closedAt === null && question === 'return');
    return open.map(({ repId }) => reps.find(({ id }) => id === repId)?.slackUserId);
  };
  expect(await whose()).toEqual(['UMIA']);
  await tell(office, zoe);
  expect(await whose()).toEqual(['UZOE']);
});
