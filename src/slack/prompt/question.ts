import type { Question } from '../../domain/cycle/stage.ts';

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
