import { setImmediate } from 'node:timers/promises';
import { makePgArray } from 'drizzle-orm/pg-core/utils';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Tx } from '../driver.ts';
import { patientSockets } from './patient-socket.ts';

/** How long PostgreSQL may take, in ms; what it works at for longer it gives up itself, and says so. */
export interface Patience {
  statementMs: number;
  /** After this long without a word the connection is given up. Longer than a statement may take. */
  silentMs: number;
}

export interface ClientOptions {
  /** Connections at most. */
  max: number;
  patience: Patience;
  /** A pooler stands between, and takes the limits of a session from nobody: they are set in each transaction. */
  isPooled: boolean;
  onLost?: () => void;
}

const CONNECT_WITHIN_S = 5;
/** Turns of the event loop within which a socket that broke has told everybody. */
const TURNS_TO_TELL = 5;

/**
 * A client of postgres.js that lost connections do no harm to. postgres.js 3.4.9 goes on writing to a connection that
 * is gone: the ROLLBACK of the transaction that was on it ends the process (`null.write` in nextWrite), or runs in
 * whatever transaction the connection was opened anew for; and what stood in its buffer goes out first on the next
 * socket. So here a transaction whose connection is gone says nothing more, and a client that has lost a connection
 * takes nothing more on: `onLost` makes room for a new one.
 *
 * To be given up for postgres() itself once a release has https://github.com/porsager/postgres/pull/1168 (issues 1066,
 * 1154 and 1208); 3.4.9 is the last there is.
 */
export function connect(url: string, { max, patience, isPooled, onLost }: ClientOptions): postgres.Sql {
  const { silentMs } = patience;
  const limits = limitsOf(patience);
  let losses = 0;
  const lose = () => {
    losses += 1;
    onLost?.();
  };
  // Not in the types of postgres.js.
  const sockets = { socket: patientSockets({ silentMs, onLost: lose }) };
  const client = postgres(url, {
    ...{ max, onnotice: () => undefined, connect_timeout: CONNECT_WITHIN_S, ...sockets },
    ...(isPooled ? {} : { connection: limits }),
    // With a pooler the next statement may meet another session, which was told of no prepared ones.
    prepare: false,
    // An idle connection ends before it passes for a silent one.
    idle_timeout: (silentMs / 1_000) * 0.75,
    // The question for the types of arrays fails where nothing catches when its connection is lost.
    ...{ fetch_types: false, types: ARRAYS },
  });
  const begin = client.begin.bind(client) as Begin;
  const guarded: Begin = (work) => {
    const limited = isPooled ? limitedTo(limits, work) : work;
    return beginGuarded(begin, limited, () => losses);
  };
  return Object.assign(client, { begin: guarded }) as postgres.Sql;
}

function limitsOf({ statementMs, silentMs }: Patience) {
  // The rows that a transaction holds are free again when its process has fallen silent.
  return { statement_timeout: statementMs, idle_in_transaction_session_timeout: silentMs };
}

/** Sets limits that end with the transaction. They go out together with its first statement. */
function limitedTo<T>(limits: Record<string, number>, work: Work<T>): Work<T> {
  const settings = Object.entries(limits).map(([name, ms]) => `set local ${name} = ${ms}`);
  return (tx) => {
    void tx.unsafe(settings.join('; ')).execute();
    return work(tx);
  };
}

/**
 * Whether a pooler such as PgBouncer stands between us and PostgreSQL: it refuses the parameters of a session, or
 * ignores them. Throws what else refuses the connection.
 */
export async function isBehindPooler(url: string, patience: Patience): Promise<boolean> {
  const client = connect(url, { max: 1, patience, isPooled: false });
  try {
    const [row] = await client<{ ms: number }[]>`
      select setting::int as ms from pg_settings where name = 'statement_timeout'`;
    return row?.ms !== patience.statementMs;
  } catch (error) {
    if (error instanceof postgres.PostgresError && /unsupported startup parameter/.test(error.message))
      return true;
    throw error;
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** What arrays that are passed as parameters may be of, by PostgreSQL's numbers. */
const ARRAYS = {
  texts: { to: 1009, from: [], serialize: makePgArray, parse: String },
  uuids: { to: 2951, from: [], serialize: makePgArray, parse: String },
};

type Work<T> = (tx: postgres.TransactionSql) => Promise<T>;
type Begin = <T>(work: Work<T>) => Promise<T>;

/** A transaction that says nothing more on its connection once that is lost. */
async function beginGuarded<T>(begin: Begin, work: Work<T>, losses: () => number): Promise<T> {
  const lossesBefore = losses();
  let isLost = false;
  const whole = begin(async (tx) => {
    const unsafe = tx.unsafe.bind(tx);
    tx.unsafe = ((...given: Parameters<typeof unsafe>) => {
      if (isLost) throw Object.assign(new Error('the connection is lost'), { code: 'CONNECTION_CLOSED' });
      return unsafe(...given);
    }) as typeof unsafe;
    try {
      return await work(tx);
    } finally {
      // Some connection was lost: was it this one?
      for (let turn = 0; losses() > lossesBefore && turn < TURNS_TO_TELL; turn += 1) await setImmediate();
      // begin() has failed already; whatever ended here would be answered with COMMIT or ROLLBACK.
      if (isLost) await new Promise(() => undefined);
    }
  });
  whole.catch(() => {
    isLost = true;
  });
  return await whole;
}

/** A client for as long as it loses no connection, then another; what is under way on the one is finished there. */
export class RenewedClient {
  readonly #connect: (onLost: () => void) => postgres.Sql;
  readonly #finishWithinS: number;
  #current: { sql: postgres.Sql; db: Tx };

  constructor(url: string, options: Omit<ClientOptions, 'onLost'>) {
    this.#connect = (onLost) => connect(url, { ...options, onLost });
    this.#finishWithinS = options.patience.silentMs / 1_000;
    this.#current = this.#open();
  }

  get db(): Tx {
    return this.#current.db;
  }

  async end(options: { timeout: number }): Promise<void> {
    await this.#current.sql.end(options);
  }

  #open(): { sql: postgres.Sql; db: Tx } {
    const sql = this.#connect(() => {
      if (this.#current.sql !== sql) return;
      this.#current = this.#open();
      void sql.end({ timeout: this.#finishWithinS });
    });
    return { sql, db: drizzle(sql) as unknown as Tx };
  }
}
