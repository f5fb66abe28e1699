import { describe, expect, it } from 'vitest';
import { readOpenPromptsOfReps } from '../../../src/db/asking/prompt.ts';
import { findRepBySlackUser } from '../../../src/db/who/rep.ts';
import { showOwnTime } from '../../../src/flow/away/show-own-time.ts';
import { HolidayBook } from '../../../src/flow/people/holiday-book.ts';
import type { InputValue, StandInView } from '../../../src/sandbox/stand-in/types.ts';
import { ACTION } from '../../../src/slack/kit/ids.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();
const BEN = { ...ANA, id: 'U0BEN', name: 'ben', realName: 'Ben Okafor', email: 'ben@example.com' };
const GONE = { ...BEN, id: 'U0GONE', name: 'gone', email: 'gone@example.com', deleted: true };
const BOT = { ...BEN, id: 'U0BOT', name: 'helper', email: 'helper@example.com', isBot: true };

/** Ana has opened her settings from Home. */
class Settings {
  readonly side: SlackSide;

  private constructor(side: SlackSide) {
    this.side = side;
  }

  static async open(): Promise<Settings> {
    const side = await SlackSide.open(store(), 'socket', { users: [ANA, BEN, GONE, BOT] });
    const dates = async (place: string) => (place === 'DE-BY' ? ['2026-11-25'] : []);
    const countries = async () => ['DE', 'PT'];
    const regions = async (country: string) => (country === 'DE' ? [{ code: 'BY', name: 'Bayern' }] : []);
    side.flow.holidayBook = new HolidayBook({ dates, countries, regions }, side.flow.log);
    await side.slack.openHome(ANA.id, 'home');
    const home = await side.slack.until('Home', () => side.slack.home(ANA.id));
    await side.slack.click(ANA.id, { viewId: home.id }, { actionId: ACTION.openSettings });
    const settings = new Settings(side);
    await settings.shows("Your day's questions");
    return settings;
  }

  async part(name: string): Promise<StandInView> {
    const view = this.#top();
    const row = view.view.blocks.find((block) => JSON.stringify(block).includes(`"value":"${name}"`));
    const actionId = name === 'away' ? ACTION.openAway : ACTION.settingsPart;
    await this.side.slack.click(ANA.id, { viewId: view.id }, { actionId, blockId: row?.block_id ?? '' });
    return await this.side.slack.until(name, () => (this.#top().id === view.id ? undefined : this.#top()));
  }

  async save(form: StandInView, typed: Record<string, InputValue>) {
    const values = Object.entries(typed).map(([blockId, value]) => {
      return [blockId, { [blockId === 'country' ? ACTION.settingsCountry : 'value']: value }] as const;
    });
    return await this.side.slack.submit(ANA.id, form.id, Object.fromEntries(values));
  }

  async pickCountry(form: StandInView, value: string): Promise<StandInView> {
    await this.side.slack.click(ANA.id, { viewId: form.id }, { actionId: ACTION.settingsCountry, value });
    return await this.side.slack.until('the regions', () =>
      JSON.stringify(this.#top()).includes('Bayern') ? this.#top() : undefined,
    );
  }

  async shows(words: string): Promise<void> {
    await this.side.slack.until(words, () =>
      JSON.stringify(this.side.slack.openViews(ANA.id)).includes(words),
    );
  }

  async own() {
    const { flow, slack } = this.side;
    return await showOwnTime(flow, { workspaceId: slack.team.id, slackUserId: ANA.id });
  }

  #top(): StandInView {
    const top = this.side.slack.openViews(ANA.id).at(-1);
    if (top === undefined) throw new Error('nothing is open');
    return top;
  }
}

describe('settings', () => {
  it('keep the hours of one who works from eight to four, on some days', async () => {
    const settings = await Settings.open();
    const form = await settings.part('hours');
    const eight = { from: '08:00', to: '16:00', prompt_at: '08:30', days: ['1', '3'] };
    const refused = async (typed: Record<string, InputValue>, at: string) =>
      expect(await settings.save(form, { ...eight, ...typed })).toMatchObject({
        errors: { [at]: expect.any(String) },
      });
    await refused({ to: '07:00' }, 'to');
    await refused({ prompt_at: '17:00' }, 'prompt_at');
    expect(await settings.own()).toMatchObject({ hours: { from: 540 }, days: [1, 2, 3, 4, 5] });

    expect(await settings.save(form, eight)).toMatchObject({ ok: true });
    await settings.shows('You work 08:00–16:00');
    expect(await settings.own()).toMatchObject({
      ...{ promptAt: 510, hours: { from: 480, to: 960 }, days: [1, 3] },
    });
  });

  it('keep whose public holidays are theirs, and move what is due off them', async () => {
    const settings = await Settings.open();
    const form = await settings.pickCountry(await settings.part('holidays'), 'DE');
    expect(await settings.save(form, { country: 'DE', region_DE: 'BY' })).toMatchObject({ ok: true });
    await settings.shows('Germany (BY)');
    // The second ask of Monday's close would be on this Wednesday.
    const { store: kept } = settings.side.flow;
    const workspaceId = settings.side.slack.team.id;
    const open = await kept.read(async (tx) => {
      const rep = await findRepBySlackUser(tx, workspaceId, ANA.id);
      return await readOpenPromptsOfReps(tx, workspaceId, [rep?.id ?? '']);
    });
    const asked = open.find(({ question }) => question === 'promise');
    expect(asked?.dueAt.toISOString()).toBe('2026-11-26T09:00:00.000Z');
  });

  it('keep days off that are still to come, and take them back', async () => {
    const settings = await Settings.open();
    const form = await settings.part('daysOff');
    const refused = async (typed: Record<string, string>, at: string) =>
      expect(await settings.save(form, typed)).toMatchObject({ errors: { [at]: expect.any(String) } });
    await refused({ from: '2026-11-20' }, 'from');
    await refused({ from: '2026-12-24', last: '2026-12-23' }, 'last');
    await refused({ from: '2026-12-24', last: '2028-01-01' }, 'last');
    expect(await settings.save(form, { from: '2026-12-24', last: '2026-12-31' })).toMatchObject({ ok: true });
    expect((await settings.own()).daysOff).toEqual([{ from: '2026-12-24', until: '2027-01-01' }]);

    const again = await settings.part('daysOff');
    await settings.side.slack.click(ANA.id, { viewId: again.id }, { actionId: ACTION.removeDaysOff });
    await expect.poll(async () => (await settings.own()).daysOff).toEqual([]);
  });

  it('take only a colleague who can be asked for the value talks, and for a manager; or nobody', async () => {
    const settings = await Settings.open();
    const form = await settings.part('people');
    for (const nobody of [ANA.id, GONE.id, BOT.id]) {
      expect(await settings.save(form, { value_talks: nobody, manager: '' })).toMatchObject({
        errors: { value_talks: expect.any(String) },
      });
      expect(await settings.save(form, { value_talks: '', manager: nobody })).toMatchObject({
        errors: { manager: expect.any(String) },
      });
    }
    expect(await settings.own()).toMatchObject({ valueTalks: null, manager: null });
    expect(await settings.save(form, { value_talks: BEN.id, manager: BEN.id })).toMatchObject({ ok: true });
    expect(await settings.own()).toMatchObject({ valueTalks: BEN.id, manager: BEN.id });

    const again = await settings.part('people');
    expect(await settings.save(again, { value_talks: '', manager: '' })).toMatchObject({ ok: true });
    expect(await settings.own()).toMatchObject({ valueTalks: null, manager: null });
  });

  it('let one go away, with somebody who can be asked', async () => {
    const settings = await Settings.open();
    const form = await settings.part('away');
    const refused = async (typed: Record<string, string>, at: string) =>
      expect(await settings.save(form, typed)).toMatchObject({ errors: { [at]: expect.any(String) } });
    await refused({ from: '2026-12-01', until: '2026-12-01' }, 'until');
    await refused({ from: '2026-12-01', until: '2028-12-01' }, 'until');
    for (const delegate of [ANA.id, GONE.id, BOT.id])
      await refused({ from: '2026-12-01', until: '2026-12-05', delegate }, 'delegate');
    const away = { from: '2026-12-01', until: '2026-12-05', delegate: BEN.id };
    expect(await settings.save(form, away)).toMatchObject({ ok: true });
    expect((await settings.own()).away).toEqual(away);
  });
});
