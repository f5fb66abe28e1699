import { localDate } from '../../domain/asking/workday.ts';
import type { Subscribed } from '../../flow/digests/subscribe-digest.ts';
import { dayOf, type Message, sentence, timeOf } from '../kit/text.ts';

/** The rep's own time for the day's bundle is set. It may have been brought into the working hours: then it says so. */
export function promptTimeSetMessage(
  { nextAt, timeZone }: { nextAt: Date; timeZone: string },
  { promptAt }: { promptAt: number },
): Message {
  const time = timeOf(nextAt, timeZone);
  const isAsWished = timeOf(new Date(promptAt * 60_000), 'UTC') === time;
  const why = isAsWished ? '' : ' I write within your working hours only, and that is the nearest.';
  return sentence(`From now on your day's questions come at ${time}, in one message.${why}`);
}

export function managerSetMessage(slackUserId: string): Message {
  return sentence(`Good to know: <@${slackUserId}> leads you. Your doors pass to them if you ever leave.`);
}

/** The digest of a channel is on or off from now on. */
export function digestSetMessage(set: Subscribed, cadence: string, now: Date): Message {
  if (set.kind === 'off')
    return sentence('No more digests here. `/whatsnext digest weekly` brings them back.');
  if (set.kind === 'not_for_guests')
    return sentence(
      'A digest tells of all accounts here, so it takes somebody who works here to turn it on or off. Ask a colleague in this channel.',
    );
  const { firstAt, timeZone } = set;
  const first = `${dayOf(firstAt, timeZone, localDate(timeZone, now))} at ${timeOf(firstAt, timeZone)}`;
  const how = cadence === 'daily' ? 'every working day' : 'every week';
  return sentence(
    `The digest comes here ${how}, first on ${first}. If I'm not in this channel yet, please invite me: \`/invite @whatsnext\``,
  );
}
