import type { Question } from '../../domain/cycle/stage.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { day, said } from '../kit/text.ts';
import { type Here, hasCome } from './why.ts';

/** The question a rep is asked, in the words of the design. */
export function questionText(question: Question, account: string): string {
  switch (question) {
    case 'discover':
      return `What does ${account} need?`;
    case 'develop':
      return `What will you bring to ${account}, and when?`;
    case 'deliver':
      return `Have you asked ${account} for the order?`;
    case 'close':
      return `What did ${account} answer?`;
    case 'promise':
      return `You closed ${account}. What's next?`;
    case 'verify':
      return `Does ${account} see what the order brought?`;
    case 'promised':
      return `The day you promised ${account} has come. Do they see it?`;
    case 'need':
      return `The day has come that ${account} needed something by. What's next?`;
    case 'lost':
      return `${account} didn't go ahead this time. What was the reason?`;
    case 'next':
      return `Which need comes next at ${account}?`;
    case 'return':
      return `It has been a while since you spoke with ${account}. What's next?`;
  }
}

/** The same with what the client was promised, said that they need, or will be brought in sight. Ready for mrkdwn. */
export function askedText(prompt: PromptView, here: Here): string {
  const name = said(prompt.account.name, 80);
  switch (prompt.question) {
    case 'verify':
    case 'promised':
      return seesText(prompt, name, here);
    case 'need':
      return needText(prompt, name, here);
    case 'develop':
      return bringText(prompt, name);
    case 'return':
      // Whoever asks before the day has come hears of no long silence.
      return hasCome(prompt, here) ? questionText('return', name) : `What's next at ${name}?`;
    default:
      return questionText(prompt.question, name);
  }
}

function seesText({ promise, repair, question }: PromptView, name: string, here: Here): string {
  if (repair?.what !== undefined)
    return `At ${name} you wanted to put it right: “${said(repair.what, 150)}”. Do they see it now?`;
  if (promise === null) return questionText(question, name);
  return `You promised ${name} “${said(promise.words, 150)}”${by(promise.by, here)}. Do they see it?`;
}

function bringText({ bring, question }: PromptView, name: string): string {
  if (bring === null) return questionText(question, name);
  return `You wanted to bring ${name} “${said(bring, 150)}”. Have you brought it?`;
}

function needText({ need, question }: PromptView, name: string, here: Here): string {
  if (need === null) return questionText(question, name);
  return `${name} needs “${said(need.words, 150)}”${by(need.neededOn ?? undefined, here)}. What's next?`;
}

function by(date: string | undefined, { today }: Here): string {
  if (date === undefined) return '';
  return date === today ? ' by today' : ` by ${day(date, today)}`;
}
