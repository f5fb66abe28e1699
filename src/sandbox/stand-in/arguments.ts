import { z } from 'zod';
import { Refusal } from './refusal.ts';
import type { Json, JsonObject } from './types.ts';

/** How a method's arguments come: JSON, or a form in which everything is text and objects are JSON in it. */

const JSON_FIELDS = new Set(['blocks', 'view', 'metadata', 'attachments']);

/** @throws Refusal `invalid_json`, `invalid_form_data` */
export function readArguments(contentType: string, body: string): JsonObject {
  if (contentType.includes('application/json')) return parsedObject(body);
  const args: JsonObject = {};
  for (const [name, value] of new URLSearchParams(body)) {
    args[name] = JSON_FIELDS.has(name) ? parsedIfJson(value) : value;
  }
  return args;
}

/**
 * The arguments a method names, others ignored as Slack ignores them.
 * @throws Refusal `invalid_arguments` naming what is missing or wrong
 */
export function argumentsFor<T extends z.ZodRawShape>(shape: T, args: JsonObject): z.infer<z.ZodObject<T>> {
  const parsed = z.object(shape).safeParse(args);
  if (parsed.success) return parsed.data;
  const messages = parsed.error.issues.map((issue) => {
    const name = issue.path.join('/');
    const missing = args[String(issue.path[0])] === undefined;
    return missing
      ? `[ERROR] missing required field: ${name}`
      : `[ERROR] ${issue.message} [json-pointer:/${name}]`;
  });
  throw new Refusal('invalid_arguments', { response_metadata: { messages } });
}

export const flag = z.union([z.boolean(), z.stringbool()]).optional();
export const count = z.coerce.number().int().min(1).max(1000);
export const json = z.json() as z.ZodType<Json>;

function parsedObject(body: string): JsonObject {
  const parsed = body === '' ? {} : parsedIfJson(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Refusal('invalid_json');
  return parsed;
}

function parsedIfJson(value: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    // Not JSON: the check of the argument itself says so, with a pointer.
    return value;
  }
}
