import type { Refusal } from '../../flow/answers/answering.ts';

/** What is said to an answer that is not taken: plain text, for it also stands under inputs. */
export const REFUSALS: Record<Refusal, string> = {
  gone: 'This question is gone. Type /whatsnext to see what stands open.',
  not_theirs: 'A colleague looks after this one. Type /whatsnext to see what stands open for you.',
  moved_on: 'This one has moved on since I asked. Type /whatsnext to see what stands open.',
  answered_before: 'This one is answered already.',
  need_taken_up: 'That need is no longer open. Pick another one.',
  waits_for_repair: "They don't see yet what was promised. Put that right first; then begin the next.",
  not_about_that: 'That is no answer to this question.',
  ended: 'This deal has come to its end. Type /whatsnext to see what stands open.',
  no_order_yet: 'There is no order yet, so there is nothing that they could see.',
  order_is_in: 'The order is already in.',
  won_before: 'The order is in, so it can no longer be lost.',
  verified_before: 'They see it already, as you told me.',
  not_verified_yet: 'What comes next is decided once they see what the order brought.',
  nothing_begun: 'There is no deal to answer for yet.',
};
