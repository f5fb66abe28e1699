/** The thread that has the embedded database: a statement blocks whoever runs it, and that must not be the http server. */
import { parentPort } from 'node:worker_threads';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Asked, LiteCall, LiteOptions, Told } from './lite-calls.ts';

interface Open {
  tx: Transaction;
  finish(how: 'commit' | 'rollback'): Promise<void>;
}

const transactions = new Map<number, Open>();
const listening = new Map<string, () => Promise<void>>();
let begun = 0;
let opened: PGlite | null = null;

parentPort?.on('message', async ({ id, ...call }: Asked) => {
  try {
    tell({ id, value: await answer(call) });
  } catch (error) {
    // The database itself has stopped: nothing that is asked after this would be true.
    if (error instanceof WebAssembly.RuntimeError && opened !== null) throw error;
    const { message, stack, code } = error as Error & { code?: unknown };
    tell({ id, error: { message, stack, code } });
  }
});

async function answer(call: LiteCall): Promise<unknown> {
  switch (call.name) {
    case 'open':
      opened = await PGlite.create(call.files);
      return;
    case 'query':
      return await on(call.transaction).query(call.text, call.values, optionsOf(call.options));
    case 'exec':
      return (await on(call.transaction).exec(call.text)).map(({ rows }) => ({ rows }));
    case 'begin':
      return await begin(lite());
    case 'end':
      return await transactions.get(call.transaction)?.finish(call.how);
    case 'listen':
      return await listen(call.channel);
    case 'unlisten':
      return await listening.get(call.channel)?.();
    case 'close':
      return await lite().close();
  }
}

/** Resolves with the transaction's number; it stays open until it is told how to end. */
async function begin(on: PGlite): Promise<number> {
  begun += 1;
  const number = begun;
  const turn = Promise.withResolvers<number>();
  const ending = Promise.withResolvers<'commit' | 'rollback'>();
  const whole = on.transaction(async (tx) => {
    const finish = async (how: 'commit' | 'rollback') => {
      transactions.delete(number);
      ending.resolve(how);
      await whole;
    };
    transactions.set(number, { tx, finish });
    turn.resolve(number);
    if ((await ending.promise) === 'rollback') await tx.rollback();
  });
  whole.catch(turn.reject);
  return await turn.promise;
}

async function listen(channel: string): Promise<void> {
  if (listening.has(channel)) return;
  listening.set(channel, await lite().listen(channel, (payload) => tell({ channel, payload })));
}

function on(transaction: number | null): Pick<PGlite, 'query' | 'exec'> {
  if (transaction === null) return lite();
  const open = transactions.get(transaction);
  if (open === undefined) throw new Error('the transaction is over');
  return open.tx;
}

function lite(): PGlite {
  if (opened === null) throw new Error('the database is not open');
  return opened;
}

function optionsOf({ rowMode, asText }: LiteOptions) {
  const parsers = Object.fromEntries(asText.map((type) => [type, (value: string) => value]));
  return { ...(rowMode === undefined ? {} : { rowMode }), parsers };
}

function tell(told: Told): void {
  parentPort?.postMessage(told);
}
