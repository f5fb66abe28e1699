/** Times as a person in a given IANA zone reads them. */

/** Fills in Slack's date tokens (`{date_short_pretty} at {time}`); `timestamp` in seconds. */
export function formatDate(timestamp: number, format: string, zone: string, now: Date): string {
  const at = new Date(timestamp * 1000);
  return format.replace(/\{(\w+)\}/g, (token, name: string) => dateToken(name, at, zone, now) ?? token);
}

/** `09:04` */
export function clockTime(at: Date, zone: string): string {
  return show(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `Monday 23 November`, with the year where it is not `now`'s. */
export function dayName(at: Date, zone: string, now: Date): string {
  const thisYear = isoDay(at, zone).slice(0, 4) === isoDay(now, zone).slice(0, 4);
  return show(at, zone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(thisYear ? {} : { year: 'numeric' }),
  });
}

/** `2026-11-23` */
export function isoDay(at: Date, zone: string): string {
  return at.toLocaleDateString('en-CA', { timeZone: zone });
}

function dateToken(name: string, at: Date, zone: string, now: Date): string | undefined {
  const pretty = name.endsWith('_pretty') ? nearDay(at, zone, now) : undefined;
  switch (name) {
    case 'date_num':
      return isoDay(at, zone);
    case 'date_slash':
      return isoDay(at, zone).replaceAll('-', '/');
    case 'date':
    case 'date_pretty':
      return pretty ?? show(at, zone, { locale: 'en-US', month: 'long', day: 'numeric', year: 'numeric' });
    case 'date_short':
    case 'date_short_pretty':
      return pretty ?? show(at, zone, { locale: 'en-US', month: 'short', day: 'numeric', year: 'numeric' });
    case 'date_long':
    case 'date_long_pretty':
      return (
        pretty ??
        show(at, zone, { locale: 'en-US', weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' })
      );
    case 'day_divider_pretty':
      return nearDay(at, zone, now) ?? dayName(at, zone, now);
    case 'time':
      return clockTime(at, zone);
    case 'time_secs':
      return show(at, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    case 'ago':
      return ago(at, now);
    default:
      return undefined;
  }
}

function nearDay(at: Date, zone: string, now: Date): string | undefined {
  const days = Math.round((Date.parse(isoDay(at, zone)) - Date.parse(isoDay(now, zone))) / 86_400_000);
  return { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(days)];
}

function ago(at: Date, now: Date): string {
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000);
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  if (Math.abs(minutes) < 24 * 60) return words.format(Math.round(minutes / 60), 'hour');
  return words.format(Math.round(minutes / (24 * 60)), 'day');
}

type Shape = Intl.DateTimeFormatOptions & { locale?: string };

/** Slack fills its date tokens in the American order; the page itself writes the day first. */
function show(at: Date, zone: string, { locale = 'en-GB', ...shape }: Shape): string {
  return at.toLocaleString(locale, { ...shape, timeZone: zone });
}
