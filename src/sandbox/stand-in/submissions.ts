import { checkView } from './check.ts';
import { fieldsOf } from './fields.ts';
import type { Modals, OpenView } from './modals.ts';
import { Refusal } from './refusal.ts';
import type { Json, JsonObject, Shown } from './types.ts';
import { topView } from './views-on-show.ts';

/** What Slack's client says when a modal cannot be submitted. */
export const CANNOT_SUBMIT = 'We had some trouble connecting. Try again?';

/** Does what the acknowledgement of a view_submission says: errors, update, push, clear, or just close. */
export function followSubmission(modals: Modals, open: OpenView, ack: JsonObject | string): Shown {
  const { response_action, errors, view } = typeof ack === 'string' ? ({} as JsonObject) : ack;
  try {
    switch (response_action) {
      case undefined:
        modals.close(open);
        break;
      case 'clear':
        modals.close(modals.find(open.rootId) ?? open);
        break;
      case 'update':
        modals.replace(open, checkView(view ?? null, 'modal'));
        break;
      case 'push':
        modals.pushFor(open.userId, checkView(view ?? null, 'modal'));
        break;
      case 'errors':
        return showErrors(modals, open, errors);
      default:
        throw new Refusal('invalid_response_action', { response_action });
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return invalid(`${error.code} ${JSON.stringify(error.extra)}`);
  }
  return { ok: true, ...topView(modals, open.userId) };
}

/** Errors may only name input blocks of the view; otherwise Slack shows none of them. */
function showErrors(modals: Modals, open: OpenView, errors: Json | undefined): Shown {
  const named = typeof errors === 'object' && errors !== null && !Array.isArray(errors) ? errors : {};
  const inputs = new Set(fieldsOf(open.view.blocks).flatMap((field) => (field.input ? [field.blockId] : [])));
  const strangers = Object.keys(named).filter((blockId) => !inputs.has(blockId));
  if (strangers.length > 0) return invalid(`errors name no input block: ${strangers.join(', ')}`);
  if (Object.keys(named).length === 0) return invalid('errors is empty');
  if (Object.values(named).some((text) => typeof text !== 'string' || text === '')) {
    return invalid('errors must be texts');
  }
  modals.showErrors(open, named as Record<string, string>);
  return { ok: true, errors: named as Record<string, string>, ...topView(modals, open.userId) };
}

function invalid(detail: string): Shown {
  return { ok: false, error: 'invalid_response', userSees: CANNOT_SUBMIT, detail };
}
