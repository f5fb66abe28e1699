import { checkView } from '../../src/sandbox/stand-in/check.ts';
import type { View } from '../../src/sandbox/stand-in/types.ts';
import { aboutPrompt, type Form, type Inputs, type Read } from '../../src/slack/kit/form.ts';
import { prompt } from './any-prompt.ts';

export const here = { timeZone: 'Europe/Lisbon', today: '2026-11-23' };

/** What a form makes of what is typed into it on 23 November 2026. */
export function read(form: Form, inputs: Inputs): Read {
  return form.read(inputs, aboutPrompt(prompt()), here.today);
}

/** Throws what Slack would refuse. */
export function acceptedBySlack(view: object): View {
  return checkView(JSON.parse(JSON.stringify(view)), 'modal');
}
