import { type RunningApp, startApp } from './app.ts';
import { EnvError, readEnv, requireSlack } from './env.ts';
import { createLog } from './log.ts';

/** How long a stop may take before the process ends all the same; jobs cut off are done again after the next start. */
const STOP_WITHIN_MS = 25_000;

try {
  const env = readEnv();
  requireSlack(env);
  const log = createLog(env.logLevel);
  let app: RunningApp | undefined;
  let stopping = false;
  const stop = async (why: string, exitCode: number) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    try {
      await app?.stop();
    } catch (err) {
      log.error({ err }, 'not everything could be closed');
      process.exit(1);
    }
    // While Slack is away its client goes on trying, and would keep the process alive.
    process.exit(exitCode);
  };
  process.once('SIGTERM', () => void stop('SIGTERM', 0));
  process.once('SIGINT', () => void stop('SIGINT', 0));
  // Something is in a state that nobody foresaw: a supervisor starts afresh, and the tables know what is due.
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (err: unknown) => {
      log.error({ err }, 'something unforeseen failed');
      void stop(event, 1);
    });
  }
  app = await startApp({
    ...{ env, log, now: () => new Date() },
    onFailed: (error) => {
      console.error(plainly(error));
      process.exit(1);
    },
  });
} catch (error) {
  console.error(plainly(error));
  process.exitCode = 1;
}

/** One line for what somebody can repair; all that is known of anything else. */
function plainly(error: unknown): unknown {
  const known =
    error instanceof EnvError ||
    (error instanceof Error &&
      /PortTaken|DataDirInUse|UnusableDatabase|OtherWorkspace|OrgWideToken/.test(error.name));
  return known ? `What's Next cannot start: ${error.message}` : error;
}
