import type { App, BlockAction, types, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import {
  type Joined,
  type Parted,
  sayClientsSame,
  takeBackSameClient,
} from '../../flow/joins/same-client.ts';
import type { Flow } from '../../flow/ports.ts';
import { showAccount } from '../../flow/show/show-account.ts';
import { tell } from '../corrections/corrections.ts';
import { EXPIRED, GONE, workspaceOf } from '../kit/click.ts';
import { input, notice, readInputs } from '../kit/form.ts';
import { ACTION, isId, VIEW } from '../kit/ids.ts';
import { PLACEHOLDER, VIEW_TITLE } from '../kit/limits.ts';
import { storeInTime } from '../kit/store-in-time.ts';
import { type Message, plain, said, section, sentence } from '../kit/text.ts';
import { type Client, openModal } from '../send/send.ts';

const TITLE = 'Same client';
const NOT_KEPT =
  "I couldn't keep this just now. Your choice is still here: press Save once more in a moment.";
const about = z.object({ accountId: z.guid() });

/** "These are the same client" on the account card: said in a form, taken back with one click. */
export function registerClientJoins(app: App, flow: Flow): void {
  app.action<BlockAction>(ACTION.sameClient, async ({ body, context, client, ack }) => {
    await ack();
    const opened = await openForm(flow, client, {
      body,
      workspaceId: workspaceOf(context),
      accountId: clicked(body),
    });
    if (opened !== null) await tell(flow, client, body, opened);
  });
  app.view<ViewSubmitAction>(VIEW.sameClient, async ({ body, context, ack }) => {
    await ack(await submitted(flow, body, workspaceOf(context)));
  });
  app.action<BlockAction>(ACTION.partClient, async ({ body, context, client, ack }) => {
    const joinId = clicked(body);
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const parted = isId(joinId)
      ? await takeBackSameClient(flow, { ...who, joinId })
      : ({ kind: 'gone' } as const);
    await ack();
    await tell(flow, client, body, partedMessage(parted));
  });
}

function clicked({ actions: [action] }: BlockAction): string {
  return action?.type === 'button' ? (action.value ?? '') : '';
}

/** What to say where the form can't be opened. */
async function openForm(
  flow: Flow,
  client: Client,
  { body, workspaceId, accountId }: { body: BlockAction; workspaceId: string; accountId: string },
): Promise<Message | null> {
  if (!isId(accountId)) return GONE;
  const asked = { workspaceId, slackUserId: body.user.id, client: { id: accountId }, limit: 1 };
  const shown = await showAccount(flow, asked);
  if (shown.kind !== 'found') return GONE;
  const opening = { triggerId: body.trigger_id, inModal: body.view?.type === 'modal' };
  return (await openModal(client, opening, sameClientForm(shown.view.account))) === 'expired'
    ? EXPIRED
    : null;
}

/** Which other account is the same client as this one. */
export function sameClientForm({ id, name }: { id: string; name: string }): types.ModalView {
  return {
    type: 'modal',
    callback_id: VIEW.sameClient,
    private_metadata: JSON.stringify({ accountId: id }),
    title: plain(TITLE, VIEW_TITLE),
    submit: plain('Save', VIEW_TITLE),
    close: plain('Close', VIEW_TITLE),
    blocks: [
      section(
        `Which client is the same as *${said(name, 80)}*? All that I know of both will stand under that one.`,
      ),
      input(
        'as',
        { label: 'Client' },
        {
          type: 'external_select',
          action_id: ACTION.account,
          min_query_length: 1,
          placeholder: plain('Type a part of the name', PLACEHOLDER),
        },
      ),
    ],
  };
}

async function submitted(flow: Flow, { view, user }: ViewSubmitAction, workspaceId: string) {
  const parsed = about.safeParse(metadataOf(view.private_metadata));
  const asId = readInputs(view.state.values).as ?? '';
  if (!parsed.success || !isId(asId))
    return { response_action: 'update' as const, view: notice(TITLE, GONE.blocks) };
  const said = {
    workspaceId,
    slackUserId: user.id,
    accountId: parsed.data.accountId,
    asId,
    key: `form:${view.id}`,
  };
  const failed = 'That two clients are one was not stored';
  const joined = await storeInTime(sayClientsSame(flow, said), flow.log, workspaceId, failed);
  if (joined === null) return { response_action: 'errors' as const, errors: { as: NOT_KEPT } };
  return { response_action: 'update' as const, view: notice(TITLE, joinedMessage(joined).blocks) };
}

function metadataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function joinedMessage(joined: Joined): Message {
  if (joined.kind === 'gone') return GONE;
  if (joined.kind === 'same_already')
    return sentence(`*${said(joined.name, 80)}* is the same client already.`);
  const [name, as] = [said(joined.account.name, 80), said(joined.as.name, 80)];
  return sentence(
    `*${name}* is *${as}* from now on: their deals, needs and notes stand together. The card of ${as} can undo it.`,
  );
}

export function partedMessage(parted: Parted): Message {
  if (parted.kind === 'gone') return GONE;
  if (parted.kind === 'not_theirs')
    return sentence(
      'A colleague said so, and you have nothing with either of them. They can take it back, or whoever leads them.',
    );
  const [name, from] = [said(parted.account.name, 80), said(parted.from.name, 80)];
  return sentence(`*${name}* and *${from}* are two clients again, each with what is theirs.`);
}
