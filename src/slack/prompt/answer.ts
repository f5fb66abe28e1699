import type { App, BlockAction } from '@slack/bolt';
import type { Answer } from '../../domain/cycle/answer.ts';
import { receiveAnswer } from '../../flow/answers/receive-answer.ts';
import type { Flow } from '../../flow/ports.ts';
import { type ShownPrompt, showPrompt } from '../../flow/show/show-prompt.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { redrawHome } from '../home/home.ts';
import { type Click, EXPIRED, GONE, hereIn, NOT_YOURS, readClick } from '../kit/click.ts';
import { fromTodayOn } from '../kit/fields.ts';
import { aboutPrompt, type Form, notice } from '../kit/form.ts';
import { ACTION, isId, KEEP_ASKING, MORE } from '../kit/ids.ts';
import { addDays, type Message, sentence } from '../kit/text.ts';
import { type Client, openModal, updateModal, whisper } from '../send/send.ts';
import { beginNeedForm } from './begin-modal.ts';
import { withCalendar } from './calendar.ts';
import { FORMS } from './forms.ts';
import { askWhyNot, registerNotUseful } from './not-useful.ts';
import { afterwards } from './outcome.ts';
import { anotherDay, drawOne } from './prompt.ts';
import { REFUSALS } from './refusal.ts';
import { type Here, whyInFull } from './why.ts';

/** What a click answers at once; null for what was picked and is none of ours. */
const ANSWERS: Record<string, (picked: string) => Answer | null> = {
  [ACTION.brought]: () => ({ kind: 'moved', to: 'deliver' }),
  [ACTION.asked]: () => ({ kind: 'moved', to: 'close' }),
  [ACTION.laterOn]: (on) => ({ kind: 'later', on }),
  [ACTION.talkOn]: (on) => ({ kind: 'talk', on }),
  [ACTION.comeBack]: (on) => ({ kind: 'next', needs: [], step: { kind: 'return', on } }),
  [ACTION.keepAsking]: (picked) => howToGoOn(picked),
};

/** A question can be put off so far. */
const MOST_DAYS_AHEAD = 366;
const WHICH_DAY = sentence('Which day suits you better?');
const TOO_FAR = sentence('That is more than a year ahead. Pick a day within a year.');

const PICKS_A_DAY: readonly string[] = [ACTION.laterOn, ACTION.talkOn, ACTION.comeBack];

/** The buttons and pickers under a prompt. An answer is acknowledged once it is stored. */
export function registerAnswers(app: App, flow: Flow): void {
  for (const [actionId, answerOf] of Object.entries(ANSWERS)) {
    onClick(app, actionId, async (click, client, ack) => {
      const answer = answerOf(click.picked);
      const refused = PICKS_A_DAY.includes(actionId) ? await whyNotThatDay(flow, click) : null;
      const message = refused ?? (answer === null ? GONE : await answered(flow, click, answer));
      await ack();
      await tell(flow, client, click, message);
    });
  }
  for (const [actionId, form] of Object.entries(FORMS)) {
    onClick(app, actionId, async (click, client, ack) => {
      await ack();
      await tell(flow, client, click, await opened(flow, client, click, form));
    });
  }
  onClick(app, ACTION.open, async (click, client, ack) => {
    await ack();
    await tell(flow, client, click, await shown(flow, client, click));
  });
  registerNotUseful(app, flow, tell);
  onClick(app, ACTION.more, async (click, client, ack) => {
    if (click.picked === MORE.beginAnyway) {
      await ack();
      return await tell(flow, client, click, await opened(flow, client, click, beginNeedForm));
    }
    const message = await fromMenu(flow, click);
    await ack();
    await tell(flow, client, click, message);
  });
}

function howToGoOn(picked: string): Answer | null {
  if (picked === KEEP_ASKING.leave) return { kind: 'dismissed' };
  const isRegular = picked === KEEP_ASKING.weekly || picked === KEEP_ASKING.monthly;
  return isRegular ? { kind: 'keep_asking', every: picked } : null;
}

type OnClick = (click: Click, client: Client, ack: () => Promise<void>) => Promise<void>;

/** A click in a block that is none of ours is left to whatever answers what nobody listens to. */
function onClick(app: App, actionId: string, listener: OnClick): void {
  app.action<BlockAction>(actionId, async ({ body, context, client, ack }) => {
    const click = readClick(body, context);
    if (click !== null) await listener(click, client, ack);
  });
}

async function answered(flow: Flow, click: Click, answer: Answer): Promise<Message> {
  const taken = await receiveAnswer(flow, { ...click, answer });
  if (taken.kind === 'refused') return await asItStands(flow, click, REFUSALS[taken.why]);
  const here = hereIn(taken.prompt.rep.timeZone, flow);
  const message = sentence(
    withCalendar(
      flow,
      click.workspaceId,
      answer,
      taken.prompt,
      afterwards(answer, taken.prompt, taken.next, here),
    ),
  );
  return answer.kind === 'moved' && taken.next !== null ? withAnotherDay(message, taken.next) : message;
}

/** Why an answer is not taken, with what became of the question: a message from before may not show it. */
async function asItStands(flow: Flow, click: Click, why: string): Promise<Message> {
  const found = await showPrompt(flow, click);
  if (found.kind !== 'shown' || found.prompt.state.kind === 'open') return sentence(why);
  const { text, blocks } = drawOne(found.prompt, hereIn(found.prompt.rep.timeZone, flow));
  return { text: `${why} ${text}`, blocks: [...sentence(why).blocks, ...blocks] };
}

/** What was just moved on is asked about on a day of the playbook's; the rep may know a better one. */
function withAnotherDay(message: Message, next: PromptView): Message {
  return { ...message, blocks: [...message.blocks, anotherDay(next.promptId)] };
}

async function opened(flow: Flow, client: Client, click: Click, form: Form): Promise<Message | null> {
  const found = await showPrompt(flow, click);
  if (found.kind !== 'shown') return notShown(found);
  const { prompt } = found;
  const here = hereIn(prompt.rep.timeZone, flow);
  if (prompt.state.kind !== 'open') return drawOne(prompt, here);
  const about = { ...aboutPrompt(prompt), ...aboutNeed(prompt, click.picked) };
  const view = form.draw(prompt, about, here, {});
  return (await openModal(client, opening(click), view)) === 'expired' ? EXPIRED : null;
}

/** A door's prompt, where it was clicked; in Home, which shows no messages, in a modal. */
async function shown(flow: Flow, client: Client, click: Click): Promise<Message | null> {
  const found = await showPrompt(flow, click);
  if (found.kind !== 'shown') return notShown(found);
  const message = drawOne(found.prompt, hereIn(found.prompt.rep.timeZone, flow));
  if (click.place !== null) return message;
  const view = notice("What's next", message.blocks);
  return (await openModal(client, opening(click), view)) === 'expired' ? EXPIRED : null;
}

/** The need that was picked, or whose day it is. */
function aboutNeed({ need, waitsForRepair }: PromptView, picked: string) {
  if (picked === MORE.beginAnyway) return { needId: need?.id, anyway: waitsForRepair };
  return { needId: isId(picked) ? picked : need?.id };
}

function opening(click: Click): { triggerId: string; inModal: boolean } {
  return { triggerId: click.triggerId, inModal: click.modal !== null };
}

async function fromMenu(flow: Flow, click: Click): Promise<Message> {
  const found = await showPrompt(flow, click);
  if (found.kind !== 'shown') return notShown(found);
  const here = hereIn(found.prompt.rep.timeZone, flow);
  if (click.picked === MORE.why) return sentence(whyInFull(found.prompt, here));
  if (click.picked === MORE.notUseful) return askWhyNot(click.promptId);
  if (click.picked === MORE.anotherDay)
    return { ...WHICH_DAY, blocks: [...WHICH_DAY.blocks, anotherDay(click.promptId)] };
  const on = click.picked === MORE.nextWeek ? nextMonday(here) : addDays(here.today, 1);
  return await answered(flow, click, { kind: 'later', on });
}

function nextMonday({ today }: Here): string {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  return addDays(today, (8 - weekday) % 7 || 7);
}

async function whyNotThatDay(flow: Flow, click: Click): Promise<Message | null> {
  const found = await showPrompt(flow, click);
  if (found.kind !== 'shown') return notShown(found);
  const day = fromTodayOn(hereIn(found.prompt.rep.timeZone, flow).today).safeParse(click.picked);
  if (!day.success) return sentence(day.error.issues[0]?.message ?? '');
  const { today } = hereIn(found.prompt.rep.timeZone, flow);
  return day.data > addDays(today, MOST_DAYS_AHEAD) ? TOO_FAR : null;
}

function notShown({ kind }: Exclude<ShownPrompt, { kind: 'shown' }>): Message {
  return kind === 'gone' ? GONE : NOT_YOURS;
}

async function tell(flow: Flow, client: Client, click: Click, message: Message | null): Promise<void> {
  if (message === null) return;
  if (click.place !== null) await whisper(client, click.place, message, flow.log);
  else if (click.modal !== null) {
    await updateModal(client, click.modal, notice("What's next", message.blocks));
    await redrawHome(flow, client, click);
  } else await redrawHome(flow, client, click, message);
}
