import { describe, expect, it } from 'vitest';
import type { OwnTimeView } from '../../../src/flow/away/show-own-time.ts';
import { awayForm } from '../../../src/slack/away/away-form.ts';
import { settingsView } from '../../../src/slack/settings/settings.ts';
import {
  BY_ZONE,
  daysOffForm,
  holidaysForm,
  hoursForm,
  peopleForm,
  readHolidays,
  readHours,
} from '../../../src/slack/settings/settings-forms.ts';
import { acceptedBySlack } from '../forms.ts';

const OWN: OwnTimeView = {
  timeZone: 'Europe/Berlin',
  today: '2026-11-24',
  promptAt: 570,
  hours: { from: 540, to: 1440 },
  days: [1, 2, 3, 4, 5],
  holidays: { chosen: null, place: null, isUnknown: true },
  daysOff: Array.from({ length: 60 }, () => ({ from: '2026-12-24', until: '2027-01-02' })),
  away: { from: '2026-12-01', until: '2027-03-15', delegate: 'U0BEN' },
  valueTalks: 'U0CARL',
  manager: null,
};
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const countries = letters.flatMap((a) => letters.map((b) => a + b)).slice(0, 250);
const regions = Array.from({ length: 120 }, (_, n) => ({ code: `R${n}`, name: `Region ${n}` }));

describe('the settings', () => {
  it('say what holds, and ask for the country where the zone does not tell', () => {
    const view = JSON.stringify(acceptedBySlack(settingsView(OWN)));

    expect(view).toContain('You work 09:00–24:00');
    expect(view).toContain('Mon to Fri');
    expect(view).toContain("I can't tell your country from your time zone (Europe/Berlin)");
    expect(view).toContain('Value talks go to <@U0CARL>');
    expect(view).toContain("from Tue 1 Dec until Mon 15 Mar 2027; <@U0BEN> looks after what can't wait");
  });

  it('are taken by Slack in all their forms, also with every country of the world', () => {
    for (const view of [hoursForm(OWN), daysOffForm(OWN), peopleForm(OWN), awayForm(OWN)])
      expect(() => acceptedBySlack(view)).not.toThrow();
    for (const chosen of [BY_ZONE, 'none', 'DE', 'DE-R3'])
      expect(() => acceptedBySlack(holidaysForm(OWN, { countries, regions }, chosen))).not.toThrow();
  });

  it('are read back as they were chosen', () => {
    const time = (selected_time: string) => ({ value: { selected_time } });
    const days = { value: { selected_options: [{ value: '1' }, { value: '3' }] } };
    const hours = { prompt_at: time('08:30'), from: time('08:00'), to: time('16:15'), days };
    expect(readHours(hours)).toEqual({ prompt_at: 510, from: 480, to: 975, days: [1, 3] });
    expect(readHours({ ...hours, from: time('soon') })).toBeNull();
    const country = (value: string) => ({ settings_country: { selected_option: { value } } });
    const region = { value: { selected_option: { value: 'BY' } } };
    expect(readHolidays({ country: country('DE'), region_DE: region })).toBe('DE-BY');
    expect(readHolidays({ country: country('PT'), region_DE: region })).toBe('PT');
    expect(readHolidays({ country: country(BY_ZONE) })).toBe(null);
    expect(readHolidays({ country: country("'; drop table reps") })).toBe(undefined);
  });
});
