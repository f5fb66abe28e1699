import { isStage, STAGES, type Stage } from '../../domain/cycle/stage.ts';
import { isCurrency } from '../../domain/money.ts';
import { CsvFileError } from './csv.ts';

/** What a column can hold, by the name of the flag that maps it; the customary names go without a flag. */
const CUSTOMARY = {
  id: ['id', 'deal id', 'opportunity id', 'record id'],
  account: ['account', 'account name', 'company', 'company name', 'client', 'customer'],
  'account-id': ['account id', 'company id'],
  owner: ['owner', 'deal owner', 'opportunity owner', 'owner name', 'rep'],
  'owner-email': ['owner email', 'owner e mail'],
  status: ['status', 'deal status', 'stage', 'deal stage'],
  stage: ['stage', 'deal stage'],
  opened: ['opened', 'opened at', 'created', 'created at', 'create date', 'created date', 'open date'],
  closed: ['closed', 'closed at', 'close date', 'closed date'],
  amount: ['amount', 'value', 'deal value', 'close value'],
  currency: ['currency', 'currency code', 'amount currency'],
  name: ['name', 'deal name', 'opportunity name'],
  url: ['url', 'link', 'deal url', 'deal link', 'record url'],
  occurred: ['occurred', 'occurred at', 'last modified date', 'updated at'],
} as const satisfies Record<string, readonly string[]>;

export type CsvField = keyof typeof CUSTOMARY;
export const CSV_FIELDS = Object.keys(CUSTOMARY) as CsvField[];

/** Where in a row each field stands. */
export type CsvColumns = Partial<Record<CsvField, number>>;

/**
 * Finds each field's column: the one that its flag names, else one of a customary name. Upper and lower case, `_`
 * and `-` make no difference. `currency` may be a code instead of a column. Throws a CsvFileError.
 */
export function findColumns(
  header: readonly string[],
  flags: Partial<Record<CsvField, string>>,
): { columns: CsvColumns; currency: string | undefined } {
  const columns: CsvColumns = {};
  const named = flags.currency?.toUpperCase() ?? '';
  const currency = columnOf(header, named) === undefined && isCurrency(named) ? named : undefined;
  for (const field of CSV_FIELDS) {
    if (field === 'currency' && currency !== undefined) continue;
    const index = findColumn(header, field, flags[field]);
    if (index !== undefined) columns[field] = index;
  }
  for (const field of ['id', 'status'] as const) {
    if (columns[field] === undefined)
      throw new CsvFileError(`say with --${field} which column it is; ${has(header)}`);
  }
  return { columns, currency };
}

/** The column that a flag names. Throws a CsvFileError when there is none. */
export function requireColumn(header: readonly string[], flag: string, name: string): number {
  const index = columnOf(header, name);
  if (index === undefined) throw new CsvFileError(`--${flag}: there is no column "${name}"; ${has(header)}`);
  return index;
}

function findColumn(
  header: readonly string[],
  field: CsvField,
  flag: string | undefined,
): number | undefined {
  if (flag !== undefined) return requireColumn(header, field, flag);
  return CUSTOMARY[field].map((name) => columnOf(header, name)).find((index) => index !== undefined);
}

function columnOf(header: readonly string[], name: string): number | undefined {
  const index = header.findIndex((column) => folded(column) === folded(name));
  return index === -1 ? undefined : index;
}

function has(header: readonly string[]): string {
  return `the file has ${header.join(', ')}`;
}

/** Which words of the file mean what; keys are folded. */
export interface CsvWords {
  status: ReadonlyMap<string, 'open' | 'won' | 'lost'>;
  stage: ReadonlyMap<string, Stage>;
}

const STATUS_WORDS = {
  won: 'Won,Closed Won,ClosedWon',
  lost: 'Lost,Closed Lost,ClosedLost',
  open: 'Open,New,Active,In Progress',
};

const STAGE_WORDS = [
  ...STAGES.map((stage) => `${stage}=${stage}`),
  'Prospecting=discover,Qualification=discover,Needs Analysis=develop,Value Proposition=develop',
  'Engaging=deliver,Proposal=deliver,Negotiation=close',
].join(',');

type WordFlags = Partial<Record<'won' | 'lost' | 'open' | 'stageWords', string | undefined>>;

/**
 * Reads `--won`, `--lost`, `--open` (lists with commas) and `--stage-words` ("Prospecting=discover,…"). A status
 * that is given replaces its customary words; stage words add to theirs. A word for a stage is a word for open.
 * Throws a CsvFileError.
 */
export function readWords(flags: WordFlags): CsvWords {
  const stage = new Map([...readStageWords(STAGE_WORDS), ...readStageWords(flags.stageWords ?? '')]);
  const status = new Map<string, 'open' | 'won' | 'lost'>([...stage.keys()].map((word) => [word, 'open']));
  const meant = new Map<string, string>();
  for (const meaning of ['open', 'lost', 'won'] as const) {
    for (const word of listed(flags[meaning] ?? STATUS_WORDS[meaning])) {
      const other = flags[meaning] === undefined ? undefined : meant.get(word);
      if (other !== undefined) throw new CsvFileError(`"${word}" cannot mean both ${other} and ${meaning}`);
      if (flags[meaning] !== undefined) meant.set(word, meaning);
      if (flags[meaning] !== undefined || !meant.has(word)) status.set(word, meaning);
    }
  }
  return { status, stage };
}

function readStageWords(text: string): [string, Stage][] {
  return listed(text).map((pair) => {
    const [word = '', stage = ''] = pair.split('=').map(folded);
    if (word === '' || !isStage(stage)) {
      throw new CsvFileError(
        `--stage-words: write "Word=stage", stages being ${STAGES.join(', ')}; not "${pair}"`,
      );
    }
    return [word, stage];
  });
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map(folded)
    .filter((word) => word !== '');
}

/** Makes words and names comparable. */
export function folded(word: string): string {
  return word
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
