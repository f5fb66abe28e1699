import { localDate } from '../../domain/asking/workday.ts';
import type { Question } from '../../domain/cycle/stage.ts';
import { formatMoney } from '../../domain/money.ts';
import type { ColleagueView, PromptView } from '../../flow/show/views.ts';
import { day, dayOf, facts, link, onDay, said } from '../kit/text.ts';

/** The calendar against which days are named: the rep's zone, and today in it (YYYY-MM-DD). */
export interface Here {
  timeZone: string;
  today: string;
}

/** Why a question is asked, in a few words, with the deal it is about: "Closed this morning · GTX Pro · 4,514 USD". */
export function whyLine(prompt: PromptView, here: Here): string {
  const deal = prompt.engagement;
  return facts(
    reason(prompt, here),
    deal?.name && said(deal.name, 80),
    deal?.amount && said(formatMoney(deal.amount), 40),
    prompt.colleague && colleagueLine(prompt.colleague, here),
    deal?.url && link(deal.url, 'Open in CRM'),
  );
}

/** The rule, the event and the day, in full sentences (promise 8). */
export function whyInFull(prompt: PromptView, here: Here): string {
  return `${rule(prompt, here)}${learned(prompt)} ${when(prompt, here)}`;
}

/** Once it has been asked, a question is due again on a later day. */
function when(prompt: PromptView, here: Here): string {
  const due = localDate(here.timeZone, prompt.dueAt);
  const on = day(due, here.today);
  if (due <= here.today) return `It was due on ${on}.`;
  return prompt.asked > 0 ? `Without an answer I'll ask again on ${on}.` : `I'll ask on ${on}.`;
}

/** Whether the day on which it was to be asked has come. */
export function hasCome(prompt: PromptView, here: Here): boolean {
  return prompt.asked > 0 || localDate(here.timeZone, prompt.dueAt) <= here.today;
}

function reason(prompt: PromptView, here: Here): string {
  const on = onDay(localDate(here.timeZone, prompt.since), here.today);
  const since = `since ${dayOf(prompt.since, here.timeZone, here.today)}`;
  const due = dayOf(prompt.dueAt, here.timeZone, here.today);
  switch (prompt.rule) {
    case 'on_close':
      return `Closed ${timeOfDay(prompt.since, here) ?? on}`;
    case 'after_verification':
      return `Value verified ${on}`;
    case 'named_date':
      // It need not be the very day: a Saturday waits for Monday, and without an answer it is asked again.
      return hasCome(prompt, here) ? 'The day you named has come' : `Waits until ${due}`;
    case 'put_off':
      return `“Not yet” ${on}`;
    case 'since_moved':
      return `Nothing new ${since}`;
    case 'weekly':
      return 'You asked me to keep asking every week';
    case 'monthly':
      return 'You asked me to keep asking every month';
    case 'return':
      return hasCome(prompt, here) ? `Quiet ${since}` : `The next knock is on ${due}`;
    case 'lost_return':
      return `Lost ${on}, with a day to come back`;
    case 'promise_date':
      return hasCome(prompt, here) ? 'Promised by today' : `Promised by ${due}`;
    case 'repair_date':
      return hasCome(prompt, here) ? 'To be put right by today' : `To be put right by ${due}`;
    case 'not_seen':
      return `Not seen yet ${on}`;
    case 'need_date':
      return `Heard ${on}`;
    case 'lost_deal':
      return `Lost ${on}`;
    case 'in_stage':
      return inStage(prompt, on, since);
  }
}

function inStage(prompt: PromptView, on: string, since: string): string {
  switch (prompt.question) {
    case 'discover':
      return `Finding needs ${since}`;
    case 'develop':
      return `Preparing ${since}`;
    case 'deliver':
      return `Brought to them ${on}`;
    case 'close':
      return `Order asked for ${on}`;
    default:
      return `Open ${since}`;
  }
}

function rule(prompt: PromptView, here: Here): string {
  const name = said(prompt.account.name, 80);
  const on = onDay(localDate(here.timeZone, prompt.since), here.today);
  const since = `since ${dayOf(prompt.since, here.timeZone, here.today)}`;
  switch (prompt.rule) {
    case 'on_close':
      return `${name} closed ${on}. After each close I ask what's next.`;
    case 'after_verification':
      return `The value at ${name} was verified ${on}. Then I ask which need comes next, so that the door stays open.`;
    case 'named_date':
      return `${capital(on)} the day to ask about ${name} was named${hasCome(prompt, here) ? ', and that day has come' : ''}.`;
    case 'put_off':
      return `${capital(on)} the answer about ${name} was “not yet”, without a day. So I ask again after a few working days.`;
    case 'since_moved':
      return `The last news of ${name} came ${on}. When nothing moves for a few working days, I ask.`;
    case 'weekly':
    case 'monthly':
      return `${capital(on)} I was asked to keep asking about ${name} every ${prompt.rule === 'weekly' ? 'week' : 'month'}.`;
    case 'return':
      return `Nothing has been going on with ${name} ${since}. No door stays shut for good, so I knock.`;
    case 'lost_return':
      return `${name} said no ${on}, and a day to come back was named.${hasCome(prompt, here) ? ' That day has come.' : ''}`;
    case 'promise_date':
      return `${capital(on)} you told me what ${name} was promised, and by when. On that day I ask whether they see it.`;
    case 'repair_date':
      return `${capital(on)} ${name} didn't see it yet, and you named the day by which it is put right. On that day I ask again.`;
    case 'not_seen':
      return `${capital(on)} ${name} didn't see it yet. So I ask again after a few working days.`;
    case 'need_date':
      return `${capital(on)} a day was named by which ${name} needs this. On that day I ask, however the deal stands.`;
    case 'lost_deal':
      return `${name} didn't go ahead, I heard ${on}. I ask once for the reason, and when to come back.`;
    case 'in_stage':
      return `${standsStill(prompt.question, name, on, since)} When nothing moves for a few working days, I ask.`;
  }
}

function standsStill(question: Question, name: string, on: string, since: string): string {
  switch (question) {
    case 'discover':
      return `You have been finding needs at ${name} ${since}.`;
    case 'develop':
      return `Something for ${name} has been in the making ${since}.`;
    case 'deliver':
      return `It was brought to ${name} ${on}.`;
    case 'close':
      return `${name} was asked for the order ${on}.`;
    default:
      return `The door at ${name} has been open ${since}.`;
  }
}

/** Who else was there: nobody comes back unaware of that. */
function colleagueLine({ name, at, how }: ColleagueView, here: Here): string {
  const on = dayOf(at, here.timeZone, here.today);
  return how === 'asked'
    ? `I asked ${said(name, 60)} on ${on}`
    : `${said(name, 60)} was there, last on ${on}`;
}

/** Where the days come from the workspace's own deals. */
function learned({ learnedDays, question }: PromptView): string {
  if (learnedDays === null) return '';
  return question === 'return'
    ? ` Between two deals this client mostly rests for up to ${learnedDays} days.`
    : ` Half of your clients see what an order brought within ${learnedDays} working days.`;
}

function timeOfDay(at: Date, { timeZone, today }: Here): string | null {
  if (localDate(timeZone, at) !== today) return null;
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at),
  );
  if (hour < 12) return 'this morning';
  return hour < 18 ? 'this afternoon' : 'this evening';
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
