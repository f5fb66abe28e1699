import { createHash } from 'node:crypto';
import type { App, BlockAction, types, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import { receiveAnswer } from '../../flow/answers/receive-answer.ts';
import type { Flow } from '../../flow/ports.ts';
import { showPrompt } from '../../flow/show/show-prompt.ts';
import { redrawHome } from '../home/home.ts';
import { GONE, hereIn, workspaceOf } from '../kit/click.ts';
import { type Form, notice, readAbout, readInputs, withAnotherRow } from '../kit/form.ts';
import { ACTION } from '../kit/ids.ts';
import { STORED_WITHIN_MS } from '../kit/limits.ts';
import { sentence } from '../kit/text.ts';
import { within } from '../kit/waits.ts';
import { loggable } from '../send/errors.ts';
import { updateModal } from '../send/send.ts';
import { withCalendar } from './calendar.ts';
import { FORMS } from './forms.ts';
import { afterwards } from './outcome.ts';
import { REFUSALS } from './refusal.ts';

const NOT_KEPT = "I couldn't keep this just now. Your text is still here: press Keep once more in a moment.";

/**
 * What is written in a form is stored before the form closes. When it can't be stored, or doesn't fit any more,
 * the form stays open with the text in it and says why (promise 5).
 */
export function registerForms(app: App, flow: Flow): void {
  for (const form of Object.values(FORMS)) {
    app.view<ViewSubmitAction>(form.callbackId, async ({ body, context, client, ack }) => {
      const workspaceId = workspaceOf(context);
      const response = await submitted(flow, form, body, workspaceId);
      await ack(response);
      // Only a door in Home has its question under the form.
      const isFromHome = body.view.previous_view_id !== null;
      if (isFromHome && response.response_action === 'update')
        await redrawHome(flow, client, { workspaceId, slackUserId: body.user.id });
    });
  }
  app.action<BlockAction>(ACTION.addNeed, async ({ body, context, client, ack }) => {
    await ack();
    await redrawn(flow, body, workspaceOf(context), async (open, view) => {
      await updateModal(client, open, view);
    });
  });
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
  const read = form.read(readInputs(view.state.values), about, localDate(about.timeZone, flow.now()));
  if ('errors' in read) return { response_action: 'errors', errors: read.errors };
  const key = `form:${view.id}:${fingerprint(read.answer)}`;
  const who = { workspaceId, slackUserId: user.id, promptId: about.promptId, key };
  const kept = await keep(flow, who, read.answer);
  if ('text' in kept) return { response_action: 'update', view: closing(kept.text) };
  return { response_action: 'errors', errors: { [firstInput(view.blocks)]: kept.why } };
}

/** Words that were changed while the first ones were being stored must not pass for kept. */
function fingerprint(answer: Answer): string {
  return createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 22);
}

/** Closes with the question under it, which is answered now. */
function closing(text: string): types.ModalView {
  return { ...notice('Kept', sentence(text).blocks), clear_on_close: true };
}

interface Who {
  workspaceId: string;
  slackUserId: string;
  promptId: string;
  /** The same words in the same form are one answer, however often they are submitted; other words are not it. */
  key: string;
}

async function keep(flow: Flow, who: Who, answer: Answer): Promise<{ text: string } | { why: string }> {
  const failed = (error: unknown) =>
    flow.log.error({ promptId: who.promptId, ...loggable(error) }, 'An answer could not be stored');
  try {
    const storing = receiveAnswer(flow, { ...who, answer });
    const taken = await within(STORED_WITHIN_MS, storing);
    if (taken === 'slow') {
      storing.catch(failed);
      return { why: NOT_KEPT };
    }
    if (taken.kind === 'refused') return { why: REFUSALS[taken.why] };
    const text = afterwards(answer, taken.prompt, taken.next, hereIn(taken.prompt.rep.timeZone, flow));
    return { text: withCalendar(flow, who.workspaceId, answer, taken.prompt, text) };
  } catch (error) {
    failed(error);
    return { why: NOT_KEPT };
  }
}

type Draw = (open: { viewId: string; hash: string }, view: ReturnType<Form['draw']>) => Promise<void>;

/** The form with another row for a need, and with everything that is typed in it. */
async function redrawn(flow: Flow, body: BlockAction, workspaceId: string, draw: Draw): Promise<void> {
  const { view } = body;
  const form = Object.values(FORMS).find(({ callbackId }) => callbackId === view?.callback_id);
  if (view === undefined || form === undefined) return;
  const before = readAbout(view.private_metadata);
  if (before === null) return;
  const about = withAnotherRow(before);
  const who = { workspaceId, slackUserId: body.user.id };
  const found = await showPrompt(flow, { ...who, promptId: about.promptId });
  if (found.kind !== 'shown') return;
  const drawn = form.draw(found.prompt, about, hereIn(about.timeZone, flow), readInputs(view.state.values));
  await draw({ viewId: view.id, hash: view.hash }, drawn);
}

function firstInput(blocks: ViewSubmitAction['view']['blocks']): string {
  return blocks.find((block) => block.type === 'input')?.block_id ?? '';
}
