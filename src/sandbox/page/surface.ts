/** One thing with blocks in it (a message, a modal, the Home): what its inputs hold and how it is clicked. */
import { useContext, useState } from 'preact/hooks';
import type { FormValues, InputValue, Where } from '../stand-in/types.ts';
import { DeskContext } from './desk.ts';
import type { AnyElement } from './field.ts';

export interface Surface {
  where: Where;
  /** Makes element ids unique on the page. */
  key: string;
  /** Block id → what stands under it in red. */
  errors: Readonly<Record<string, string>>;
  /** `blockId/actionId` of the click that the app has not acknowledged yet. */
  busy: string | undefined;
  held(blockId: string, actionId: string): InputValue;
  /** Remembers an edit; tells nobody. */
  set(blockId: string, actionId: string, value: InputValue): void;
  /** Tells the app, with all that is entered so far; asks first where the element wants a confirmation. */
  act(element: AnyElement, blockId: string, value?: InputValue): Promise<void>;
}

/** What is entered on the page and not yet known to the stand-in, which keeps all the rest. */
export interface Entered {
  values: FormValues;
  change(edit: (was: FormValues) => FormValues): void;
}

/** `entered` may be kept further up, where it outlives the drawing of the surface. */
export function useSurface(where: Where, stored: FormValues, entered: Entered, errors = {}): Surface {
  const { perform, confirm } = useContext(DeskContext);
  const [busy, setBusy] = useState<string>();
  const set = (blockId: string, actionId: string, value: InputValue) =>
    entered.change((was) => ({ ...was, [blockId]: { ...was[blockId], [actionId]: value } }));
  return {
    where,
    key: 'viewId' in where ? where.viewId : `${where.channel}-${where.ts}`,
    errors,
    busy,
    held(blockId, actionId) {
      const edit = entered.values[blockId]?.[actionId];
      return edit !== undefined ? edit : (stored[blockId]?.[actionId] ?? null);
    },
    set,
    async act(element, blockId, value) {
      const actionId = ('action_id' in element ? element.action_id : undefined) ?? '';
      if (busy === `${blockId}/${actionId}` && value === undefined) return;
      if ('confirm' in element && element.confirm && !(await confirm(element.confirm))) return;
      if (value !== undefined && stored[blockId]?.[actionId] !== undefined) set(blockId, actionId, value);
      setBusy(`${blockId}/${actionId}`);
      const sent = stillThere(entered.values, stored);
      if (value !== undefined) sent[blockId] = { ...sent[blockId], [actionId]: value };
      const { [blockId]: own = {}, ...others } = sent;
      const { [actionId]: _, ...beside } = own;
      const picked = value === undefined ? {} : { value };
      const state = { ...others, [blockId]: beside };
      const done = await perform('/api/click', { where, click: { actionId, blockId, state, ...picked } });
      if (done) entered.change((now) => without(now, sent));
      setBusy(undefined);
    },
  };
}

/** Edits kept as long as the surface is drawn. */
export function useEntered(): Entered {
  const [values, change] = useState<FormValues>({});
  return { values, change };
}

/** The edits whose inputs have not been redrawn away meanwhile. */
export function stillThere(entered: FormValues, stored: FormValues): FormValues {
  return pickValues(entered, (blockId, actionId) => stored[blockId]?.[actionId] !== undefined);
}

/** What has been typed since the `sent` values were sent. */
function without(entered: FormValues, sent: FormValues): FormValues {
  return pickValues(entered, (blockId, actionId, value) => value !== sent[blockId]?.[actionId]);
}

type Keep = (blockId: string, actionId: string, value: InputValue) => boolean;

function pickValues(values: FormValues, keep: Keep): FormValues {
  const kept: FormValues = {};
  for (const [blockId, actions] of Object.entries(values)) {
    for (const [actionId, value] of Object.entries(actions)) {
      if (keep(blockId, actionId, value)) kept[blockId] = { ...kept[blockId], [actionId]: value };
    }
  }
  return kept;
}
