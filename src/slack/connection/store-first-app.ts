import { type AckFn, App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import type { Log } from '../../flow/ports.ts';
import { storable } from '../kit/storable.ts';

/**
 * Bolt acknowledges an event before its listeners run, and a failure then loses it. Here it is acknowledged when
 * they are through, so that what could not be stored is sent again (promise 6). What no listener answers is
 * acknowledged then too: Bolt leaves Slack, and whoever pressed the button, waiting until the time is up. And nothing
 * comes in that could not be stored.
 */
export class StoreFirstApp extends App {
  readonly #log: Log;

  constructor(options: AppOptions, log: Log) {
    super(options);
    this.#log = log;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    const { type } = event.body;
    const isEvent = type === 'event_callback';
    let isAnswered = false;
    const ack: AckFn<unknown> = async (answer) => {
      isAnswered = true;
      if (!isEvent) await event.ack(answer);
    };
    await super.processEvent({ ...event, body: storable(event.body), ack });
    if (!isAnswered) this.#log.debug({ type }, 'Nothing here listens to what Slack sent');
    if (isEvent || !isAnswered) await event.ack();
  }
}
