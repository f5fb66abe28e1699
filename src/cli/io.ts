import type { OpenWorkspace } from './open-workspace.ts';

/** What a command is given of the world, so that a test can be the terminal. */
export interface Io {
  /** What was asked for. */
  stdout: NodeJS.WritableStream;
  /** How it is getting on, and what went wrong; with a progress bar on a terminal. */
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
  now(): Date;
  /** Throws a UsageError, or what the database throws. */
  openWorkspace(options: WorkspaceOptions): Promise<OpenWorkspace>;
}

export interface WorkspaceOptions {
  /** `T…`; without one it is the Slack token's. */
  workspaceId: string | undefined;
  /** Whether a workspace that is not known yet is begun. */
  begin: boolean;
  /** Whether it is opened in a database of its own, in memory and gone once it is closed: nothing there is is touched. */
  dryRun?: boolean | undefined;
}

/** What the caller can put right; the message says how. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}

export const DONE = 0;
/** Some rows were skipped; the rest went in. */
export const SKIPPED_SOME = 1;
/** It was called wrongly, or could not do its work. */
export const FAILED = 2;

const PLAIN_ERRORS = [
  ...['UsageError', 'CsvFileError', 'EnvError'],
  ...['DataDirInUseError', 'UnusableDatabaseError', 'OtherWorkspaceError'],
];
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'CONNECT_TIMEOUT'];

/** Runs a command; what it throws becomes a sentence on stderr and the exit code FAILED. */
export async function inPlainWords(io: Io, command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    io.stderr.write(`${plainly(error)}\n`);
    return FAILED;
  }
}

function plainly(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  if (code.startsWith('ERR_PARSE_ARGS')) return `${error.message}. See --help.`;
  if (UNREACHABLE.includes(code))
    return `The database does not answer (${code}): is DATABASE_URL right, and does it run?`;
  if (PLAIN_ERRORS.includes(error.name)) return sentence(error.message);
  return `This should not have happened: ${error.stack ?? error.message}`;
}

function sentence(message: string): string {
  // The faults of the environment are a list, a line each.
  const end = message.includes('\n') ? '' : '.';
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${end}`;
}

/** Drivers and the ORM wrap the error that says what happened. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return '';
}

/** Reads `--workspace`. Throws a UsageError. */
export function readWorkspace(flag: string | undefined): string | undefined {
  if (flag !== undefined && !/^[TE][A-Z0-9]{2,20}$/.test(flag)) {
    throw new UsageError(`--workspace: "${flag}" is no id of a Slack workspace such as T0123ABCD`);
  }
  return flag;
}

/** 8800 → "8,800". */
export function counted(count: number): string {
  return count.toLocaleString('en-US');
}
