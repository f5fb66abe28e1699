import type { Answer } from '../../domain/cycle/answer.ts';
import type { Flow } from '../../flow/ports.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { link } from '../kit/text.ts';

/** What is said to an answer, with a link that takes the day of a talk into a calendar, where this server has one. */
export function withCalendar(
  flow: Flow,
  workspaceId: string,
  answer: Answer,
  { engagement }: PromptView,
  text: string,
): string {
  const on = talkOn(answer);
  if (flow.calendarLink === undefined || engagement === null || on === undefined) return text;
  return `${text} ${link(flow.calendarLink({ workspaceId, engagementId: engagement.id, on }), 'Add to calendar')}`;
}

/** The day on which somebody will talk with the client about what the order brought. */
function talkOn(answer: Answer): string | undefined {
  if (answer.kind === 'talk') return answer.on;
  return answer.kind === 'promised' ? answer.talkOn : undefined;
}
