/**
 * Everything that PostgreSQL keeps of a text, and nothing else: it knows neither NUL nor half a surrogate pair, and
 * would refuse the whole note for one. Goes through objects and lists; keys are Slack's, and stay.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '') as T;
  if (Array.isArray(value)) return value.map((one: unknown) => storable(one)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, storable(one)])) as T;
}
