import { localDate } from '../../domain/asking/workday.ts';
import { type DeclaredLost, declareLost } from '../../flow/answers/declare-lost.ts';
import { type Declared, declareWon } from '../../flow/answers/declare-won.ts';
import { hearNeed } from '../../flow/answers/hear-need.ts';
import { keepTypedNote } from '../../flow/answers/keep-typed-note.ts';
import type { Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { readSettings } from '../../flow/show/read-settings.ts';
import { showAccount } from '../../flow/show/show-account.ts';
import type { DoorView, OrderView } from '../../flow/show/views.ts';
import { accountMessage } from '../board/account-card.ts';
import { hereIn } from '../kit/click.ts';
import { type Message, said, sentence } from '../kit/text.ts';
import { afterwards } from '../prompt/outcome.ts';
import { REFUSALS } from '../prompt/refusal.ts';
import { type Choice, choices } from './ask-back.ts';
import type { Intent, Said } from './intent.ts';
import { doorText, needHeardMessage, orderText, wonMessage } from './sentences.ts';
import { whyAsked } from './why-asked.ts';

type SaidOf<Do extends Said['do']> = Extract<Said, { do: Do }>;

/** Turns of the cycle that a card shows at most. */
const MOST_TURNS = 45;

const NOBODY = 'I can no longer find that client. `/whatsnext` shows what stands open now.';

/** Does what somebody typed, now that it is known whom they mean; asks which deal or order it is where that is not. */
export async function carryOut(flow: Flow, who: Who, meant: Intent): Promise<Message> {
  const { said: what } = meant;
  const { workspaceId, slackUserId } = who;
  const { client, key } = meant;
  const about = { workspaceId, slackUserId, client, key };
  switch (what.do) {
    case 'won': {
      const { amount, order } = what;
      return drawWon(
        await declareWon(flow, { ...about, amount, order }),
        meant,
        what,
        await todayOf(flow, who),
      );
    }
    case 'lost': {
      const { reason, promptId } = what;
      return drawLost(flow, await declareLost(flow, { ...about, reason, promptId }), meant, what);
    }
    case 'need': {
      const { do: _, ...need } = what;
      const heard = await hearNeed(flow, { ...about, need });
      if (heard.kind === 'unknown') return sentence(NOBODY);
      const { today } = await todayOf(flow, who);
      return needHeardMessage(heard.account.name, need, today);
    }
    case 'note': {
      const noted = await keepTypedNote(flow, { ...about, text: what.text, message: what.message });
      if (noted.kind === 'unknown') return sentence(NOBODY);
      return sentence(`I'll remember that about *${said(noted.account.name, 80)}*: “${said(noted.text)}”`);
    }
    case 'why':
      return await whyAsked(flow, who, 'id' in client ? client.id : undefined);
    case 'show': {
      const shown = await showAccount(flow, { workspaceId, slackUserId, client, limit: MOST_TURNS });
      return shown.kind === 'found' ? accountMessage(shown.view) : sentence(NOBODY);
    }
  }
}

async function todayOf(flow: Flow, who: Who): Promise<{ today: string; timeZone: string }> {
  const { today, timeZone } = await readSettings(flow, who);
  return { today, timeZone };
}

function drawWon(
  declared: Declared,
  meant: Intent,
  what: SaidOf<'won'>,
  here: { today: string; timeZone: string },
): Message {
  if (declared.kind === 'unknown') return sentence(NOBODY);
  if (declared.kind === 'refused') return sentence(REFUSALS[declared.why]);
  if (declared.kind !== 'which') return wonMessage(declared);
  const { account, open, orders } = declared;
  const client = { id: account.id };
  const choice = (text: string, order: NonNullable<SaidOf<'won'>['order']>): Choice => {
    return { text, meant: { ...meant, client, said: { ...what, order } } };
  };
  const onDay = (order: OrderView) => orderText(order, localDate(here.timeZone, order.wonAt), here.today);
  return choices(`Which order of ${said(account.name, 80)}'s is that?`, [
    ...open.map((door) => choice(`We won ${doorText(door)}`, { kind: 'open', promptId: door.promptId })),
    ...orders.map((order) => choice(`The one ${onDay(order)}`, { kind: 'same', engagementId: order.id })),
    choice('Another order', { kind: 'another' }),
  ]);
}

function drawLost(flow: Flow, declared: DeclaredLost, meant: Intent, what: SaidOf<'lost'>): Message {
  if (declared.kind === 'unknown') return sentence(NOBODY);
  if (declared.kind === 'refused') return sentence(REFUSALS[declared.why]);
  if (declared.kind === 'none_open')
    return sentence(`You have no deal open with *${said(declared.account.name, 80)}* that could be lost.`);
  if (declared.kind === 'which') return chooseLost(declared, meant, what);
  const { prompt, next } = declared;
  const answer = { kind: 'lost' as const, reason: what.reason };
  return sentence(afterwards(answer, prompt, next, hereIn(prompt.rep.timeZone, flow)));
}

function chooseLost(
  { account, open }: { account: { id: string; name: string }; open: readonly DoorView[] },
  meant: Intent,
  what: SaidOf<'lost'>,
): Message {
  const client = { id: account.id };
  return choices(
    `Which deal with ${said(account.name, 80)} is lost?`,
    open.map((door) => ({
      text: doorText(door),
      meant: { ...meant, client, said: { ...what, promptId: door.promptId } },
    })),
  );
}
