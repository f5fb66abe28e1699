import type { HeardNeed } from '../../domain/cycle/need.ts';
import { nearWords } from '../../domain/who/similar-names.ts';
import { type Declared, declareWon } from '../../flow/answers/declare-won.ts';
import { hearNeed } from '../../flow/answers/hear-need.ts';
import { subscribeDigest } from '../../flow/digests/subscribe-digest.ts';
import type { Who } from '../../flow/people/ensure-rep.ts';
import { setManager } from '../../flow/people/set-manager.ts';
import { setPromptTime } from '../../flow/people/set-prompt-time.ts';
import type { Flow } from '../../flow/ports.ts';
import { readSettings, type Settings } from '../../flow/show/read-settings.ts';
import { type ShownAccount, showAccount } from '../../flow/show/show-account.ts';
import { showBoard } from '../../flow/show/show-board.ts';
import { accountMessage } from '../board/account-card.ts';
import { BOARD_PAGE, boardMessage } from '../board/board.ts';
import { harmless, type Message, sentence } from '../kit/text.ts';
import {
  digestSetMessage,
  managerSetMessage,
  needHeardMessage,
  promptTimeSetMessage,
  wonMessage,
} from './command-answers.ts';
import {
  type NeedReading,
  quoteName,
  readCadence,
  readMention,
  readName,
  readNeed,
  readTimeOfDay,
  readWon,
  splitFirst,
  type Unclear,
  unescapeSlack,
  type WonReading,
  withAccount,
} from './command-words.ts';
import { helpMessage, unclearAmountMessage, unknownMessage, whichMessage, withTyped } from './help.ts';

/** What was typed is given back where nothing of it was kept. */
const KEPT_NOTHING: readonly Declared['kind'][] = ['refused', 'already_in', 'not_for_guests'];

/** More doors or turns than this fit into no message. */
const MOST_SHOWN = 45;

/** What somebody typed, where, and as whom. `key` is the same only for the same typing. */
export interface Asked extends Who {
  key: string;
  channelId: string;
  /** As Slack sends it, escaped. */
  text: string;
  at: Date;
}

/** Answers what was typed, with what the flow says to it. */
export type Answering = (flow: Flow, asked: Asked) => Promise<Message>;

export interface Subcommand {
  words: readonly string[];
  usage: string;
  says: string;
  /** Whether it is meant when more is typed after its word. "Help Scout" is an account. */
  takesMore: boolean;
  /** Whether it tells something that is kept; the others only ask. */
  stores: boolean;
  answer(rest: string): Answering;
}

/** One row of the table: what is typed, how it is read, the verb it calls, and how the outcome is drawn. */
function subcommand<Read extends object, Outcome>(row: {
  words: readonly string[];
  usage: string;
  says: string;
  takesMore?: boolean;
  stores?: boolean;
  /** `rest` is what follows the word, as Slack sends it. */
  read(
    rest: string,
    asked: Asked,
    settings: () => Promise<Settings>,
  ): Read | Unclear | Promise<Read | Unclear>;
  call(flow: Flow, read: Read, asked: Asked): Promise<Outcome>;
  draw(outcome: Outcome, read: Read, asked: Asked): Message;
}): Subcommand {
  const answer =
    (rest: string): Answering =>
    async (flow, asked) => {
      const read = await row.read(rest, asked, () => readSettings(flow, asked));
      if ('unclear' in read) return withTyped(sentence(harmless(read.unclear)), asked.text);
      return row.draw(await row.call(flow, read, asked), read, asked);
    };
  return { takesMore: true, stores: false, ...row, answer };
}

/** The story of an account: also what is meant by everything that names no subcommand. */
export const ACCOUNT = subcommand({
  words: ['account'],
  usage: '/whatsnext Acme',
  says: 'The story of an account, and what comes next.',
  read: (rest): { name: string } | Unclear => {
    const name = readName(unescapeSlack(rest));
    return name === '' ? { unclear: 'Which account? For example: `/whatsnext Acme`' } : { name };
  },
  call: (flow, { name }, asked) => showAccount(flow, { ...whoIs(asked), name, limit: MOST_SHOWN }),
  draw: (found, { name }, asked) => drawAccount(found, name, asked),
});

/** To add a subcommand, add a row: the help, the near matches and the tests go by this table. */
export const SUBCOMMANDS: readonly Subcommand[] = [
  subcommand({
    words: ['doors', 'board', ''],
    usage: '/whatsnext',
    says: 'What stands open: what waits for you, what is coming, what is quiet.',
    takesMore: false,
    read: () => ({}),
    call: (flow, _, asked) => showBoard(flow, { ...whoIs(asked), limit: BOARD_PAGE }),
    draw: boardMessage,
  }),
  ACCOUNT,
  subcommand({
    words: ['won', 'closed'],
    stores: true,
    usage: '/whatsnext won Acme 4514 USD',
    says: 'The order is in.',
    read: async (rest, _, settings): Promise<WonReading | Unclear> =>
      readWon(unescapeSlack(rest), (await settings()).currency),
    call: async (flow, read, asked) => {
      const { accountName, asWritten, amount } = await knownReading(flow, read, asked);
      return await declareWon(flow, { ...whoIs(asked), accountName, asWritten, amount, key: asked.key });
    },
    draw: (declared, _, asked) => {
      if (declared.kind === 'unknown') return drawUnknownOrder(declared, asked);
      if (declared.kind === 'unclear') return withTyped(unclearAmountMessage(declared), asked.text);
      return KEPT_NOTHING.includes(declared.kind)
        ? withTyped(wonMessage(declared), asked.text)
        : wonMessage(declared);
    },
  }),
  subcommand({
    words: ['need', 'needs'],
    stores: true,
    usage: '/whatsnext need Acme a second line 20000 EUR by 2027-01-15',
    says: 'Something the client needs, in their words. The amount and the date are optional.',
    read: async (rest, _, settings) => {
      const { currency, today } = await settings();
      return readings(readNeed(unescapeSlack(rest), currency, today), today);
    },
    call: (flow, { needs }, asked) => hearUnderName(flow, needs, asked),
    draw: (outcome, { today }, asked) =>
      outcome.kind === 'heard'
        ? needHeardMessage(outcome.account.name, outcome.need, today)
        : withTyped(unknownMessage(outcome.name, outcome.near), asked.text),
  }),
  subcommand({
    words: ['manager'],
    stores: true,
    usage: '/whatsnext manager @dana',
    says: 'Who leads you. Your doors pass to them if you leave.',
    read: (rest, asked) => {
      const read = readMention(rest);
      if ('unclear' in read || read.slackUserId !== asked.slackUserId) return read;
      return { unclear: 'That is you. Who leads you? For example: `/whatsnext manager @dana`' };
    },
    call: (flow, { slackUserId }, asked) =>
      setManager(flow, { ...whoIs(asked), managerSlackUserId: slackUserId }),
    draw: (_, { slackUserId }) => managerSetMessage(slackUserId),
  }),
  subcommand({
    words: ['at'],
    stores: true,
    usage: '/whatsnext at 9:30',
    says: "When your day's questions come, in your own time. A close is asked about at once.",
    read: (rest) => readTimeOfDay(unescapeSlack(rest)),
    call: (flow, { promptAt }, asked) => setPromptTime(flow, { ...whoIs(asked), promptAt }),
    draw: promptTimeSetMessage,
  }),
  subcommand({
    words: ['digest'],
    stores: true,
    usage: '/whatsnext digest weekly',
    says: 'In a channel: what was closed, verified and heard, every week. Also `daily`, and `off`.',
    read: (rest, asked) => {
      if (!asked.channelId.startsWith('D')) return readCadence(rest);
      return {
        unclear: 'A digest goes to a channel. Type `/whatsnext digest weekly` in the one that wants it.',
      };
    },
    call: (flow, { cadence }, asked) =>
      subscribeDigest(flow, { ...whoIs(asked), channelId: asked.channelId, cadence }),
    draw: (outcome, { cadence }, asked) => digestSetMessage(outcome, cadence, asked.at),
  }),
  subcommand({
    words: ['help', '?'],
    usage: '/whatsnext help',
    says: 'This.',
    takesMore: false,
    read: () => ({}),
    call: async () => SUBCOMMANDS,
    draw: helpMessage,
  }),
];

/** An account that is not known may be a slip of the fingers, in its name or in a subcommand. */
function drawAccount(found: ShownAccount, name: string, asked: Asked): Message {
  if (found.kind === 'found') return accountMessage(found.view);
  if (found.kind === 'which') return whichMessage(found.names);
  const commands = meantCommands(name);
  const message = unknownMessage(found.name, [...commands, ...found.near.map(quoteName)]);
  return commands.length === 0 ? message : withTyped(message, asked.text);
}

/** The subcommands that a slip away were typed, with what was typed after them. */
function meantCommands(typed: string): string[] {
  const { word, rest } = splitFirst(typed);
  return SUBCOMMANDS.flatMap(({ words, takesMore }) => {
    const [meant] = nearWords(word, words.filter(Boolean));
    if (meant === undefined) return [];
    return takesMore && rest !== '' ? [`${meant} ${rest}`] : [words.includes('') ? '' : meant];
  });
}

/** Who was won is not known, and may be somebody who is. */
function drawUnknownOrder({ name, near }: { name: string; near: string[] }, asked: Asked): Message {
  const { word, rest } = splitFirst(unescapeSlack(asked.text));
  const meant = near.map((account) => `${word} ${withAccount(rest, name, quoteName(account))}`);
  return unknownMessage(name, meant, `${word} ${withAccount(rest, name, `"${name}"`)}`);
}

/** "Forever 21" is an account, or an order of 21 from Forever: only the accounts can tell. */
async function knownReading(flow: Flow, read: WonReading, asked: Asked): Promise<WonReading> {
  if (read.orElse === undefined) return read;
  const found = await showAccount(flow, { ...whoIs(asked), name: read.accountName, limit: 1 });
  return found.kind === 'unknown' ? read.orElse : read;
}

/** Tries the longest name first; a name that is not known stores nothing. */
async function hearUnderName(
  flow: Flow,
  needs: readonly NeedReading[],
  asked: Asked,
): Promise<
  | { kind: 'heard'; account: { name: string }; need: HeardNeed }
  | { kind: 'unknown'; name: string; near: string[] }
> {
  const { word, rest } = splitFirst(unescapeSlack(asked.text));
  const near = new Set<string>();
  let name = '';
  for (const { accountName, need } of needs) {
    const heard = await hearNeed(flow, { ...whoIs(asked), accountName, need, key: asked.key });
    if (heard.kind === 'heard') return { ...heard, need };
    for (const account of heard.near)
      near.add(`${word} ${withAccount(rest, accountName, quoteName(account))}`);
    name = accountName;
  }
  return { kind: 'unknown', name, near: [...near] };
}

function readings(
  needs: NeedReading[] | Unclear,
  today: string,
): { needs: NeedReading[]; today: string } | Unclear {
  return 'unclear' in needs ? needs : { needs, today };
}

function whoIs({ workspaceId, slackUserId }: Who): Who {
  return { workspaceId, slackUserId };
}
