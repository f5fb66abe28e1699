import type { App, BlockAction, types, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { NO_HOLIDAYS } from '../../domain/asking/playbook.ts';
import { passValueTalks } from '../../flow/away/pass-value-talks.ts';
import { setDaysOff, setOwnTime } from '../../flow/away/set-own-time.ts';
import { type OwnTimeView, showCountries, showOwnTime, showRegions } from '../../flow/away/show-own-time.ts';
import type { Who } from '../../flow/people/ensure-rep.ts';
import { findColleague } from '../../flow/people/find-colleague.ts';
import { setManager } from '../../flow/people/set-manager.ts';
import type { Flow } from '../../flow/ports.ts';
import { redrawHome } from '../home/home.ts';
import { workspaceOf } from '../kit/click.ts';
import { notice } from '../kit/form.ts';
import { ACTION, VIEW } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { addDays, plain, section } from '../kit/text.ts';
import { type Client, openModal, updateModal } from '../send/send.ts';
import { awayLine, PARTS, SAYS } from './sentences.ts';
import {
  BY_ZONE,
  daysOffForm,
  holidaysForm,
  hoursForm,
  peopleForm,
  readDaysOff,
  readHolidays,
  readHours,
  readPeople,
} from './settings-forms.ts';

type Part = keyof typeof PARTS;

/** A day off can lie so far ahead. */
const MOST_DAYS = 366;

/** A rep's own settings: what holds, and a form for each part of it. */
export function registerSettings(app: App, flow: Flow): void {
  app.action<BlockAction>(ACTION.openSettings, async ({ body, context, client, ack }) => {
    await ack();
    await openSettings(flow, client, clicked(body, workspaceOf(context)));
  });
  app.action<BlockAction>(ACTION.settingsPart, async ({ body, context, client, ack }) => {
    await ack();
    const { triggerId, inModal, ...who } = clicked(body, workspaceOf(context));
    const [action] = body.actions;
    const part = action?.type === 'button' ? (action.value ?? '') : '';
    const view = Object.hasOwn(PARTS, part) ? await formOf(flow, who, part as Part) : null;
    if (view !== null) await openModal(client, { triggerId, inModal }, view);
  });
  app.action<BlockAction>(ACTION.settingsCountry, async ({ body, context, client, ack }) => {
    await ack();
    const [action] = body.actions;
    const country = action?.type === 'static_select' ? action.selected_option?.value : undefined;
    if (body.view === undefined || country === undefined) return;
    const who = clicked(body, workspaceOf(context));
    const view = await holidaysOf(flow, await showOwnTime(flow, who), country);
    await updateModal(client, { viewId: body.view.id, hash: body.view.hash }, view);
  });
  app.action<BlockAction>(ACTION.removeDaysOff, async ({ body, context, client, ack }) => {
    const who = clicked(body, workspaceOf(context));
    const [action] = body.actions;
    const removeFrom = action?.type === 'button' ? (action.value ?? '') : '';
    await setDaysOff(flow, { ...who, removeFrom });
    await ack();
    if (body.view === undefined) return;
    const view = daysOffForm(await showOwnTime(flow, who));
    await updateModal(client, { viewId: body.view.id, hash: body.view.hash }, view);
  });
  for (const [callbackId, save] of Object.entries(SAVES)) {
    app.view<ViewSubmitAction>(callbackId, async ({ body, context, client, ack }) => {
      const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
      const errors = await save(flow, who, body.view.state.values);
      await ack(errors === null ? await saved(flow, who) : { response_action: 'errors', errors });
      if (errors === null) await redrawHome(flow, client, who);
    });
  }
}

/** Opens the settings: from `/whatsnext settings`, from Home, from a message. */
export async function openSettings(
  flow: Flow,
  client: Client,
  { triggerId, inModal, ...who }: Who & { triggerId: string; inModal: boolean },
): Promise<void> {
  await openModal(client, { triggerId, inModal }, settingsView(await showOwnTime(flow, who)));
}

/** What holds now, with a way to change each part. */
export function settingsView(own: OwnTimeView): types.ModalView {
  const change = (actionId: string, value: string): types.Button => ({
    type: 'button',
    action_id: actionId,
    value,
    text: plain('Change…', BUTTON_TEXT),
  });
  return notice(SAYS.title, [
    ...(Object.keys(PARTS) as Part[]).map((part) =>
      section(PARTS[part](own), change(ACTION.settingsPart, part)),
    ),
    section(awayLine(own), change(ACTION.openAway, 'away')),
  ]);
}

function clicked(body: BlockAction, workspaceId: string) {
  const inModal = body.view?.type === 'modal';
  return { workspaceId, slackUserId: body.user.id, triggerId: body.trigger_id, inModal };
}

async function formOf(flow: Flow, who: Who, part: Part): Promise<types.ModalView> {
  const own = await showOwnTime(flow, who);
  switch (part) {
    case 'hours':
      return hoursForm(own);
    case 'holidays':
      return await holidaysOf(flow, own, own.holidays.chosen ?? BY_ZONE);
    case 'daysOff':
      return daysOffForm(own);
    case 'people':
      return peopleForm(own);
  }
}

async function holidaysOf(flow: Flow, own: OwnTimeView, chosen: string): Promise<types.ModalView> {
  const [country = ''] = chosen.split('-');
  const countries = await showCountries(flow);
  return holidaysForm(own, { countries, regions: await showRegions(flow, country) }, chosen);
}

/** The settings again, over whatever was open. */
async function saved(flow: Flow, who: Who): Promise<ViewResponseAction> {
  const view = settingsView(await showOwnTime(flow, who));
  return { response_action: 'update', view: { ...view, clear_on_close: true } };
}

/** Whether holidays are known of a place, or none are wanted: a form may be older than what can be chosen now. */
async function isPlace(flow: Flow, place: string | null): Promise<boolean> {
  if (place === null || place === NO_HOLIDAYS) return true;
  const [country = '', region] = place.split('-');
  if (!(await showCountries(flow)).includes(country)) return false;
  return region === undefined || (await showRegions(flow, country)).some(({ code }) => code === region);
}

type Errors = Record<string, string>;

/** Keeps what a form holds; or what to say under which input. */
const SAVES: Record<string, (flow: Flow, who: Who, values: unknown) => Promise<Errors | null>> = {
  [VIEW.ownHours]: async (flow, who, values) => {
    const read = readHours(values);
    if (read === null) return null;
    if (read.to <= read.from) return { to: SAYS.hoursUpsideDown };
    if (read.prompt_at < read.from || read.prompt_at >= read.to) return { prompt_at: SAYS.notInHours };
    if (read.days.length === 0) return { days: SAYS.noDays };
    // The last minute that can be picked stands for the day's end.
    const hoursTo = read.to === 1439 ? 1440 : read.to;
    const change = { promptAt: read.prompt_at, hoursFrom: read.from, hoursTo, days: read.days };
    await setOwnTime(flow, { ...who, change });
    return null;
  },
  [VIEW.ownHolidays]: async (flow, who, values) => {
    const holidaysIn = readHolidays(values);
    if (holidaysIn === undefined || !(await isPlace(flow, holidaysIn))) return { country: SAYS.unknownPlace };
    await setOwnTime(flow, { ...who, change: { holidaysIn } });
    return null;
  },
  [VIEW.ownDaysOff]: async (flow, who, values) => {
    const read = readDaysOff(values);
    if (read?.from == null) return null;
    const { today } = await showOwnTime(flow, who);
    const last = read.last ?? read.from;
    if (read.from < today) return { from: SAYS.dayPassed };
    if (last < read.from) return { last: SAYS.lastBeforeFirst };
    if (last > addDays(today, MOST_DAYS)) return { last: SAYS.dayTooFar };
    await setDaysOff(flow, { ...who, add: { from: read.from, until: addDays(last, 1) } });
    return null;
  },
  [VIEW.ownPeople]: async (flow, who, values) => {
    const read = readPeople(values);
    if (read === null) return null;
    if (!(await isColleague(flow, who, read.manager))) return { manager: SAYS.notReachable };
    const isTaken = await passValueTalks(flow, { ...who, colleagueSlackUserId: read.value_talks });
    if (!isTaken) return { value_talks: SAYS.notReachable };
    await setManager(flow, { ...who, managerSlackUserId: read.manager });
    return null;
  },
};

/** Somebody else who can be asked, or nobody. */
async function isColleague(flow: Flow, who: Who, slackUserId: string | null): Promise<boolean> {
  if (slackUserId === null) return true;
  return slackUserId !== who.slackUserId && (await findColleague(flow, { ...who, slackUserId })) !== null;
}
