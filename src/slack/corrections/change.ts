import type { App, BlockAction, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import { changeAnswer } from '../../flow/corrections/change-answer.ts';
import { findUndoable } from '../../flow/corrections/find-undoable.ts';
import type { Flow } from '../../flow/ports.ts';
import { readSettings } from '../../flow/show/read-settings.ts';
import { EXPIRED, GONE, workspaceOf } from '../kit/click.ts';
import { notice, readInputs } from '../kit/form.ts';
import { ACTION, isFactId, TOLD, VIEW } from '../kit/ids.ts';
import { fingerprint, storeInTime } from '../kit/store-in-time.ts';
import { type Message, sentence } from '../kit/text.ts';
import { type Client, openModal, whisper } from '../send/send.ts';
import { changeForm, readAboutChange, readChange } from './change-form.ts';
import { pickedIn } from './corrections.ts';
import { changedMessage, NOT_SAVED, toldInWords, undoableMessage } from './sentences.ts';

interface Who {
  workspaceId: string;
  slackUserId: string;
}

/** "Change…" beside what was told, and the form that it opens: stored before the form closes. */
export function registerChanges(app: App, flow: Flow): void {
  for (const [actionId, prefix] of [
    [ACTION.change, ''],
    [ACTION.toldMenu, TOLD.change],
  ] as const) {
    app.action<BlockAction>(actionId, async ({ body, context, client, ack }) => {
      const [action] = body.actions;
      const factId = action === undefined ? null : pickedIn(action, prefix);
      if (factId === null) return;
      await ack();
      await open(flow, client, body, workspaceOf(context), factId);
    });
  }
  app.view<ViewSubmitAction>(VIEW.change, async ({ body, context, ack }) => {
    await ack(await submitted(flow, body, workspaceOf(context)));
  });
}

/** Opens the form, or says why there is none. */
async function open(
  flow: Flow,
  client: Client,
  body: BlockAction,
  workspaceId: string,
  factId: string,
): Promise<void> {
  const who = { workspaceId, slackUserId: body.user.id };
  const drawn = isFactId(factId) ? await draw(flow, who, factId) : GONE;
  const opening = { triggerId: body.trigger_id, inModal: body.view?.type === 'modal' };
  const isOpen = 'type' in drawn && (await openModal(client, opening, drawn)) === 'opened';
  if (isOpen || body.channel === undefined) return;
  const message = 'type' in drawn ? EXPIRED : drawn;
  await whisper(client, { channel: body.channel.id, user: body.user.id }, message, flow.log);
}

/** The form, or why there is none. */
async function draw(
  flow: Flow,
  who: Who,
  factId: string,
): Promise<Message | NonNullable<ReturnType<typeof changeForm>>> {
  const found = await findUndoable(flow, { ...who, factId });
  if (found.kind !== 'found') return undoableMessage(found, flow.now());
  const { told } = found;
  const { currency } = await readSettings(flow, who);
  const { timeZone } = told;
  const lead = toldInWords(told, { timeZone, today: localDate(timeZone, flow.now()) });
  return changeForm(told, { factId, timeZone, currency }, lead) ?? GONE;
}

async function submitted(
  flow: Flow,
  body: ViewSubmitAction,
  workspaceId: string,
): Promise<ViewResponseAction> {
  const { view, user } = body;
  const gone = { response_action: 'update' as const, view: notice("What's next", GONE.blocks) };
  const about = readAboutChange(view.private_metadata);
  if (about === null) return gone;
  const { factId, timeZone, currency } = about;
  const who = { workspaceId, slackUserId: user.id };
  const found = await findUndoable(flow, { ...who, factId });
  if (found.kind !== 'found' || found.told.what.kind !== 'answer') return gone;
  const today = localDate(timeZone, flow.now());
  const read = readChange(readInputs(view.state.values), found.told.what.answer, today, currency);
  if ('errors' in read) return { response_action: 'errors', errors: read.errors };
  const first = view.blocks.find((block) => block.type === 'input')?.block_id ?? '';
  const notSaved = { response_action: 'errors' as const, errors: { [first]: NOT_SAVED } };
  const changing = {
    ...who,
    factId,
    answer: read.answer,
    key: `form:${view.id}:${fingerprint(read.answer)}`,
  };
  const changed = await storeInTime(
    changeAnswer(flow, changing),
    flow.log,
    workspaceId,
    'A change could not be stored',
  );
  if (changed === null) return notSaved;
  const message = sentence(changedMessage(changed, flow.now()));
  return {
    response_action: 'update',
    view: { ...notice("What's next", message.blocks), clear_on_close: true },
  };
}
