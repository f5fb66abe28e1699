/**
 * The zones that the clocks of several countries show, after the tz database's zone1970.tab, small dependencies aside:
 * computers and phones fall back on these, so that somebody there may be at home in any of them.
 */
const OF_SEVERAL = new Set(
  (
    'Africa/Abidjan Africa/Johannesburg Africa/Lagos Africa/Maputo Africa/Nairobi America/Panama America/Phoenix ' +
    'America/Puerto_Rico America/Toronto Asia/Bangkok Asia/Dubai Asia/Kuching Asia/Qatar Asia/Riyadh Asia/Singapore ' +
    'Europe/Belgrade Europe/Berlin Europe/Brussels Europe/London Europe/Paris Europe/Prague Europe/Rome ' +
    'Europe/Simferopol Europe/Zurich'
  ).split(' '),
);

let known: ReadonlyMap<string, string[]> | undefined;

/** The only country (ISO 3166, `PT`) whose clocks show an IANA zone; null for a zone of several or of none. */
export function countryOf(timeZone: string): string | null {
  known ??= countriesByZone();
  const zone = canonical(timeZone);
  const [country, other] = known.get(zone) ?? [];
  return country === undefined || other !== undefined || OF_SEVERAL.has(zone) ? null : country;
}

/** As the platform knows them (CLDR): each zone under the name by which the platform calls it. */
function countriesByZone(): ReadonlyMap<string, string[]> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const countries = letters.flatMap((one) => letters.map((other) => one + other)).filter(isCountry);
  const pairs = countries.flatMap((country) => zonesOf(country).map((zone) => ({ zone, country })));
  const byZone = Map.groupBy(pairs, ({ zone }) => zone);
  return new Map([...byZone].map(([zone, all]) => [zone, all.map(({ country }) => country)]));
}

/** The Soviet Union, and others that are no more, are called by what they became. */
function isCountry(code: string): boolean {
  return Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
}

/** Node 20 has the getter, later ones the method; TypeScript knows of neither yet. */
function zonesOf(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    timeZones?: string[];
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

function canonical(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}
