import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { OwnTimeView } from '../../flow/away/show-own-time.ts';
import { personField } from '../away/away-form.ts';
import { dateField, input } from '../kit/form.ts';
import { ACTION, VIEW } from '../kit/ids.ts';
import * as limits from '../kit/limits.ts';
import { context, day, plain, section } from '../kit/text.ts';
import { countryName, daysOffIn, SAYS } from './sentences.ts';

/** What can be chosen among, where the choice is long. */
export interface Places {
  countries: readonly string[];
  /** Of the country that is chosen. */
  regions: readonly { code: string; name: string }[];
}

/** The values of "which country?" that are none: the zone's, and nobody's. */
export const BY_ZONE = 'by_zone';

export function hoursForm(own: OwnTimeView): types.ModalView {
  const days = [1, 2, 3, 4, 5, 6, 7].map((number) => ({
    text: plain(SAYS.weekdays[number - 1] ?? '', limits.OPTION_TEXT),
    value: String(number),
  }));
  return form(VIEW.ownHours, SAYS.hoursTitle, [
    input('prompt_at', { label: SAYS.promptAt }, timeField(own.promptAt)),
    input('from', { label: SAYS.hoursFrom }, timeField(own.hours.from)),
    input('to', { label: SAYS.hoursTo }, timeField(own.hours.to)),
    input(
      'days',
      { label: SAYS.days },
      {
        type: 'checkboxes',
        action_id: 'value',
        options: days,
        initial_options: days.filter(({ value }) => own.days.includes(Number(value))),
      },
    ),
  ]);
}

/** `chosen` is the country that is picked in the form; null for the zone's. */
export function holidaysForm(
  own: OwnTimeView,
  { countries, regions }: Places,
  chosen: string,
): types.ModalView {
  const [country = '', region] = chosen.split('-');
  const groups = Map.groupBy(
    countries.toSorted((a, b) => (countryName(a) < countryName(b) ? -1 : 1)),
    (code) => countryName(code).charAt(0),
  );
  const option = (value: string, text: string) => ({ text: plain(text, limits.OPTION_TEXT), value });
  const none = [option(BY_ZONE, SAYS.byZone(own.timeZone)), option('none', SAYS.noHolidays)];
  const grouped = [
    { label: plain(SAYS.noCountry, limits.OPTION_TEXT), options: none },
    ...[...groups].map(([letter, codes]) => ({
      label: plain(letter, limits.OPTION_TEXT),
      options: codes.map((code) => option(code, countryName(code))),
    })),
  ];
  const initial = grouped.flatMap(({ options }) => options).find(({ value }) => value === country);
  const inRegion = regions.slice(0, limits.SELECT_OPTIONS).map(({ code, name }) => option(code, name));
  const initialRegion = inRegion.find(({ value }) => value === region);
  const which: types.InputBlock = {
    ...input(
      'country',
      { label: SAYS.country },
      {
        type: 'static_select',
        action_id: ACTION.settingsCountry,
        option_groups: grouped,
        ...(initial === undefined ? {} : { initial_option: initial }),
      },
    ),
    dispatch_action: true,
  };
  const where = input(
    `region_${country}`,
    { label: SAYS.region, hint: SAYS.regionHint, optional: true },
    {
      type: 'static_select',
      action_id: 'value',
      options: inRegion,
      ...(initialRegion === undefined ? {} : { initial_option: initialRegion }),
    },
  );
  return form(VIEW.ownHolidays, SAYS.holidaysTitle, [which, ...(inRegion.length === 0 ? [] : [where])]);
}

export function daysOffForm(own: OwnTimeView): types.ModalView {
  const known = own.daysOff.slice(0, 40).map((off) => ({
    ...section(daysOffIn(off, own.today), {
      type: 'button' as const,
      action_id: ACTION.removeDaysOff,
      value: off.from,
      text: plain(SAYS.removeDaysOff, limits.BUTTON_TEXT),
    }),
  }));
  return form(VIEW.ownDaysOff, SAYS.daysOffTitle, [
    ...known,
    input('from', { label: SAYS.firstDayOff }, dateField(undefined)),
    input('last', { label: SAYS.lastDayOff, hint: SAYS.oneDayOff, optional: true }, dateField(undefined)),
  ]);
}

export function peopleForm(own: OwnTimeView): types.ModalView {
  return form(VIEW.ownPeople, SAYS.peopleTitle, [
    input(
      'value_talks',
      { label: SAYS.valueTalks, hint: SAYS.valueTalksHint, optional: true },
      personField(own.valueTalks),
    ),
    input(
      'manager',
      { label: SAYS.manager, hint: SAYS.managerHint, optional: true },
      personField(own.manager),
    ),
    context(SAYS.peopleNote),
  ]);
}

function form(callbackId: string, title: string, blocks: types.KnownBlock[]): types.ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain(title, limits.VIEW_TITLE),
    submit: plain('Save', limits.VIEW_TITLE),
    close: plain('Close', limits.VIEW_TITLE),
    blocks,
  };
}

function timeField(minutes: number): types.Timepicker {
  // 24:00 is no time of a day's clock.
  const shown = Math.min(minutes, 1439);
  const text = [Math.floor(shown / 60), shown % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return { type: 'timepicker', action_id: 'value', initial_time: text };
}

const minutes = z
  .string()
  .regex(/^\d{2}:\d{2}$/)
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const time = z
  .object({ value: z.object({ selected_time: minutes }) })
  .transform(({ value }) => value.selected_time);
const date = z
  .object({ value: z.object({ selected_date: z.iso.date().nullish() }) })
  .transform(({ value }) => value.selected_date ?? null);
const person = z
  .object({ value: z.object({ selected_user: z.string().nullish() }) })
  .transform(({ value }) => value.selected_user ?? null);
const option = z.object({ value: z.string() });
const days = z
  .object({ value: z.object({ selected_options: z.array(option) }) })
  .transform(({ value }) => value.selected_options.map((one) => Number(one.value)))
  .pipe(z.array(z.int().min(1).max(7)));

const hours = z.object({ prompt_at: time, from: time, to: time, days });
const daysOff = z.object({ from: date, last: date });
const people = z.object({ value_talks: person, manager: person });

/** What a form held; null for what no form of ours sends. */
export const readHours = (values: unknown) => hours.safeParse(values).data ?? null;
export const readDaysOff = (values: unknown) => daysOff.safeParse(values).data ?? null;
export const readPeople = (values: unknown) => people.safeParse(values).data ?? null;

const picked = z.record(z.string(), z.record(z.string(), z.object({ selected_option: option.nullish() })));
const PLACE = /^(?:[A-Z]{2}(?:-[A-Z0-9]{1,4})?|none)$/;

/** The place that was chosen (`DE-BY`, `none`); null for the zone's, undefined for what no form of ours sends. */
export function readHolidays(values: unknown): string | null | undefined {
  const read = picked.safeParse(values).data;
  const country = read?.country?.[ACTION.settingsCountry]?.selected_option?.value;
  if (country === undefined) return undefined;
  if (country === BY_ZONE) return null;
  const region = read?.[`region_${country}`]?.value?.selected_option?.value;
  const place = region === undefined ? country : `${country}-${region}`;
  return PLACE.test(place) ? place : undefined;
}

export function dayIn(date: string, own: OwnTimeView): string {
  return day(date, own.today);
}
