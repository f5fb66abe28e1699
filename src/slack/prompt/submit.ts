import type { App, BlockAction, types, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import type { Refusal } from '../../flow/answers/answering.ts';
import { type FormId, keepDraft, readDraft } from '../../flow/answers/form-draft.ts';
import { keepFormNote } from '../../flow/answers/keep-form-note.ts';
import { receiveAnswer } from '../../flow/answers/receive-answer.ts';
import type { Flow } from '../../flow/ports.ts';
import { showPrompt } from '../../flow/show/show-prompt.ts';
import { redrawHome } from '../home/home.ts';
import { GONE, hereIn, workspaceOf } from '../kit/click.ts';
import {
  type AboutForm,
  FIRST_PAGE,
  type Form,
  type Inputs,
  notice,
  readAbout,
  readInputs,
} from '../kit/form.ts';
import { ACTION } from '../kit/ids.ts';
import { STORED_WITHIN_MS } from '../kit/limits.ts';
import { storable } from '../kit/storable.ts';
import { fingerprint } from '../kit/store-in-time.ts';
import { context, harmless, sentence } from '../kit/text.ts';
import { within } from '../kit/waits.ts';
import { loggable } from '../send/errors.ts';
import { updateModal } from '../send/send.ts';
import { withCalendar } from './calendar.ts';
import { FORMS } from './forms.ts';
import { afterwards } from './outcome.ts';
import { REFUSALS } from './refusal.ts';

const NOT_KEPT = "I couldn't keep this just now. Your text is still here: press Save once more in a moment.";
const KEPT_AS_NOTE = 'This one has moved on since I asked; what you wrote is kept as a note with the client.';

/** Where the question, not what was written, is the reason: the words are a note then. */
const MOVED_ON: readonly Refusal[] = [
  'moved_on',
  'answered_before',
  'ended',
  'no_order_yet',
  'order_is_in',
  'won_before',
  'verified_before',
  'not_verified_yet',
  'nothing_begun',
];

/**
 * What is written in a form is stored before the form closes. When it can't be stored the form stays open with the text
 * in it and says why; when its question has moved on meanwhile, it is kept as a note (promise 5).
 */
export function registerForms(app: App, flow: Flow): void {
  for (const form of Object.values(FORMS)) {
    app.view<ViewSubmitAction>(form.callbackId, async ({ body, context, client, ack }) => {
      const workspaceId = workspaceOf(context);
      const response = await submitted(flow, form, body, workspaceId).catch((error: unknown) => {
        flow.log.error(loggable(error), 'A form could not be read');
        return unkept(body.view, NOT_KEPT);
      });
      await ack(response);
      // Only a door in Home has its question under the form.
      const isFromHome = body.view.previous_view_id !== null;
      if (isFromHome && response.response_action === 'update')
        await redrawHome(flow, client, { workspaceId, slackUserId: body.user.id });
    });
  }
  for (const action of [ACTION.sees, new RegExp(`^${ACTION.page}:`)]) {
    app.action<BlockAction>(action, async ({ body, context, client, ack }) => {
      await ack();
      await redrawn(flow, body, workspaceOf(context), async (open, view) => {
        await updateModal(client, open, view);
      });
    });
  }
}

async function submitted(
  flow: Flow,
  form: Form,
  body: ViewSubmitAction,
  workspaceId: string,
): Promise<ViewResponseAction> {
  const { view, user } = body;
  const about = readAbout(view.private_metadata);
  if (about === null) return { response_action: 'update', view: notice("What's next", GONE.blocks) };
  const filled = await within(STORED_WITHIN_MS, filledIn(flow, workspaceId, view, about));
  if (filled === 'slow') return unkept(view, NOT_KEPT);
  const read = form.read(filled, about, localDate(about.timeZone, flow.now()));
  const who = { workspaceId, slackUserId: user.id, promptId: about.promptId };
  if ('errors' in read) return await reopened(flow, form, { ...who, view, about, filled }, read.errors);
  const key = `form:${view.id}:${fingerprint(read.answer)}`;
  const kept = await keep(flow, { ...who, key }, read.answer, filled);
  return 'text' in kept ? { response_action: 'update', view: closing(kept.text) } : unkept(view, kept.why);
}

/** Under the first input; a form without any says it in its place. */
function unkept({ blocks }: OpenView, why: string): ViewResponseAction {
  const first = blocks.find((block) => block.type === 'input')?.block_id;
  if (first === undefined)
    return { response_action: 'update', view: notice("What's next", sentence(why).blocks) };
  return { response_action: 'errors', errors: { [first]: why } };
}

type OpenView = Pick<ViewSubmitAction['view'], 'id' | 'root_view_id' | 'blocks' | 'state'>;

function formOf(workspaceId: string, { id, root_view_id }: OpenView): FormId {
  return { workspaceId, rootViewId: root_view_id ?? id };
}

/** What is typed on all pages: on this one as it stands, on the others as it was left. */
async function filledIn(
  flow: Flow,
  workspaceId: string,
  view: OpenView,
  { isDrafted }: AboutForm,
): Promise<Inputs> {
  const draft = isDrafted ? await readDraft(flow, formOf(workspaceId, view)) : {};
  const here = view.blocks.flatMap(({ type, block_id: id }) => (type === 'input' && id ? [id] : []));
  const elsewhere = Object.entries(draft).filter(([blockId]) => !here.includes(blockId));
  return { ...Object.fromEntries(elsewhere), ...readInputs(view.state.values) };
}

interface Reopening {
  workspaceId: string;
  slackUserId: string;
  promptId: string;
  view: OpenView;
  about: AboutForm;
  filled: Inputs;
}

/** A fault stands under its field; where that is on another page, the page is opened with it. */
async function reopened(
  flow: Flow,
  form: Form,
  { view, about, filled, ...who }: Reopening,
  errors: Record<string, string>,
): Promise<ViewResponseAction> {
  const here = Object.entries(errors).filter(([id]) => view.blocks.some(({ block_id }) => block_id === id));
  if (here.length > 0) return { response_action: 'errors', errors: Object.fromEntries(here) };
  const [[blockId, message] = ['', '']] = Object.entries(errors);
  await keepDraft(flow, formOf(who.workspaceId, view), storable(filled));
  const found = await showPrompt(flow, who);
  if (found.kind !== 'shown') return { response_action: 'update', view: notice("What's next", GONE.blocks) };
  const page = form.pageOf?.(blockId) ?? FIRST_PAGE;
  const drawn = form.draw(
    found.prompt,
    { ...about, page, isDrafted: true },
    hereIn(about.timeZone, flow),
    filled,
  );
  return { response_action: 'update', view: withFault(drawn, blockId, message) };
}

function withFault(view: types.ModalView, blockId: string, message: string): types.ModalView {
  const blocks = view.blocks.flatMap((block) =>
    block.block_id === blockId ? [block, context(`:warning: ${harmless(message)}`)] : [block],
  );
  return { ...view, blocks };
}

/** Closes with the question under it, which is answered now. */
function closing(text: string): types.ModalView {
  return { ...notice('Thank you', sentence(text).blocks), clear_on_close: true };
}

interface Who {
  workspaceId: string;
  slackUserId: string;
  promptId: string;
  /** The same words in the same form are one answer, however often they are submitted; other words are not it. */
  key: string;
}

async function keep(
  flow: Flow,
  who: Who,
  answer: Answer,
  filled: Inputs,
): Promise<{ text: string } | { why: string }> {
  const failed = (error: unknown) =>
    flow.log.error({ promptId: who.promptId, ...loggable(error) }, 'An answer could not be stored');
  try {
    const storing = stored(flow, who, answer, filled);
    const kept = await within(STORED_WITHIN_MS, storing);
    if (kept !== 'slow') return kept;
    storing.catch(failed);
    return { why: NOT_KEPT };
  } catch (error) {
    failed(error);
    return { why: NOT_KEPT };
  }
}

async function stored(
  flow: Flow,
  who: Who,
  answer: Answer,
  filled: Inputs,
): Promise<{ text: string } | { why: string }> {
  const taken = await receiveAnswer(flow, { ...who, answer });
  if (taken.kind === 'taken') {
    const next = afterwards(answer, taken.prompt, taken.next, hereIn(taken.prompt.rep.timeZone, flow));
    return { text: withCalendar(flow, who.workspaceId, answer, taken.prompt, next) };
  }
  const text = wordsIn(filled);
  const isNote = MOVED_ON.includes(taken.why) && text !== '' && (await keepFormNote(flow, { ...who, text }));
  return isNote ? { text: KEPT_AS_NOTE } : { why: REFUSALS[taken.why] };
}

/** What a person wrote, and not what they picked. */
function wordsIn(filled: Inputs): string {
  const picked = ['sees', 'step', 'unit', 'measure'];
  const words = Object.entries(filled).filter(([id, text]) => !picked.includes(id) && !ISO_DATE.test(text));
  return words.map(([, text]) => text).join('\n');
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

type Draw = (open: { viewId: string; hash: string }, view: ReturnType<Form['draw']>) => Promise<void>;

/** The form on another page, or with what follows from a choice, and with everything that is typed in it. */
async function redrawn(flow: Flow, body: BlockAction, workspaceId: string, draw: Draw): Promise<void> {
  const { view } = body;
  const form = Object.values(FORMS).find(({ callbackId }) => callbackId === view?.callback_id);
  if (view === undefined || form === undefined) return;
  const before = readAbout(view.private_metadata);
  if (before === null) return;
  const who = { workspaceId, slackUserId: body.user.id };
  const found = await showPrompt(flow, { ...who, promptId: before.promptId });
  if (found.kind !== 'shown') return;
  const filled = await filledIn(flow, workspaceId, view, before);
  await keepDraft(flow, formOf(workspaceId, view), storable(filled));
  const about = { ...before, page: pageIn(body) ?? before.page, isDrafted: true };
  const drawn = form.draw(found.prompt, about, hereIn(about.timeZone, flow), filled);
  await draw({ viewId: view.id, hash: view.hash }, drawn);
}

/** The page that a button leads to. */
function pageIn({ actions: [action] }: BlockAction): string | null {
  return action?.type === 'button' ? (action.value ?? null) : null;
}
