import { nearWords } from '../../domain/who/similar-names.ts';
import { meantNames } from '../../flow/answers/find-account.ts';
import { comeBack } from '../../flow/away/come-back.ts';
import { goAway } from '../../flow/away/go-away.ts';
import { findUndoable } from '../../flow/corrections/find-undoable.ts';
import { subscribeDigest } from '../../flow/digests/subscribe-digest.ts';
import type { Who } from '../../flow/people/ensure-rep.ts';
import { setManager } from '../../flow/people/set-manager.ts';
import { setPromptTime } from '../../flow/people/set-prompt-time.ts';
import type { Flow } from '../../flow/ports.ts';
import { readSettings, type Settings } from '../../flow/show/read-settings.ts';
import { showBoard } from '../../flow/show/show-board.ts';
import { showStatus } from '../../flow/show/show-status.ts';
import { backMessage, untilWhenMessage, wentAwayMessage } from '../away/away-answers.ts';
import { readAway } from '../away/away-words.ts';
import { BOARD_PAGE, boardMessage } from '../board/board.ts';
import { undoableMessage } from '../corrections/sentences.ts';
import { harmless, type Message, sentence } from '../kit/text.ts';
import { statusMessage } from '../people/status.ts';
import { settingsButtonMessage } from '../settings/sentences.ts';
import { readName } from '../typed/name-words.ts';
import { readOrder } from '../typed/read-order.ts';
import { readLost, readNeed, readNote, type Unclear } from '../typed/read-words.ts';
import type { Readings } from '../typed/readings.ts';
import { takeTyped } from '../typed/take-typed.ts';
import { whyAsked } from '../typed/why-asked.ts';
import { digestSetMessage, managerSetMessage, promptTimeSetMessage } from './command-answers.ts';
import { readCadence, readMention, readTimeOfDay, splitFirst, unescapeSlack } from './command-words.ts';
import { helpMessage, meantMessage, withTyped } from './help.ts';

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
  /** Of what tells something of a client: how it is read. */
  typed?(rest: string, settings: Settings): Readings | Unclear;
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

/** A row for what tells something of a client, who may have to be asked for. */
function telling(row: {
  words: readonly string[];
  usage: string;
  says: string;
  typed(rest: string, settings: Settings): Readings | Unclear;
}): Subcommand {
  const shared = subcommand({
    ...row,
    stores: true,
    read: async (rest, _, settings) => row.typed(unescapeSlack(rest), await settings()),
    call: (flow, read, asked) => takeTyped(flow, asked, read),
    draw: (message: Message) => message,
  });
  return { ...shared, typed: row.typed };
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
  call: showOrMeant,
  draw: (message: Message) => message,
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
  telling({
    words: ['won', 'closed'],
    usage: '/whatsnext won Acme 4514 USD',
    says: 'The order is in.',
    typed: (rest, { currency }) => readOrder(rest, currency),
  }),
  telling({
    words: ['lost'],
    usage: '/whatsnext lost Acme too expensive',
    says: 'They said no, and why.',
    typed: (rest) => readLost(rest),
  }),
  telling({
    words: ['need', 'needs'],
    usage: '/whatsnext need Acme a second line 20000 EUR by 2027-01-15',
    says: 'Something the client needs, in their words. The amount and the date are optional.',
    typed: (rest, { currency, today }) => readNeed(rest, currency, today),
  }),
  telling({
    words: ['note'],
    usage: '/whatsnext note Acme their new buyer is Ms Silva',
    says: 'Something to keep in mind about a client.',
    typed: (rest) => readNote(rest),
  }),
  subcommand({
    words: ['why'],
    usage: '/whatsnext why',
    says: 'Why I ask what I ask. Also of one client: `/whatsnext why Acme`.',
    read: (rest) => ({ name: readName(unescapeSlack(rest)) }),
    call: (flow, { name }, asked) =>
      name === ''
        ? whyAsked(flow, asked)
        : takeTyped(flow, asked, { readings: [{ name, said: { do: 'why' } }], longestWins: false }),
    draw: (message: Message) => message,
  }),
  subcommand({
    words: ['undo'],
    usage: '/whatsnext undo',
    says: 'Shows the last that you told me, with a button that takes it back.',
    takesMore: false,
    read: () => ({}),
    call: (flow, _, asked) => findUndoable(flow, whoIs(asked)),
    draw: (found, _, asked) => undoableMessage(found, asked.at),
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
    words: ['away'],
    stores: true,
    usage: '/whatsnext away until 15 March with @ben',
    says: "Days off: I ask nothing, and whoever you name gets what can't wait. Also `away from 20 Dec until 3 Jan`.",
    read: async (rest, _, settings) => readAway(rest, (await settings()).today),
    call: async (flow, { until, ...read }, asked) =>
      until === undefined ? null : await goAway(flow, { ...whoIs(asked), away: { ...read, until } }),
    draw: (went) => (went === null ? untilWhenMessage() : wentAwayMessage(went)),
  }),
  subcommand({
    words: ['back'],
    stores: true,
    usage: '/whatsnext back',
    says: "You're here again, earlier than you said.",
    takesMore: false,
    read: () => ({}),
    call: async (flow, _, asked) => ({ wasAway: await comeBack(flow, whoIs(asked)) }),
    draw: ({ wasAway }) => backMessage(wasAway),
  }),
  subcommand({
    words: ['settings'],
    usage: '/whatsnext settings',
    says: 'Your hours and days, public holidays, days off, and who talks about the value.',
    takesMore: false,
    read: () => ({}),
    call: async () => null,
    draw: settingsButtonMessage,
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
    words: ['status'],
    usage: '/whatsnext status',
    says: 'For admins: the last news of a deal, what waits, whom I cannot reach, which orders may be one.',
    takesMore: false,
    read: () => ({}),
    call: (flow, _, asked) => showStatus(flow, whoIs(asked)),
    draw: statusMessage,
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

/** A name that nobody bears may be a slip of the fingers, in it or in a subcommand. */
async function showOrMeant(flow: Flow, { name }: { name: string }, asked: Asked): Promise<Message> {
  const read: Readings = { readings: [{ name, said: { do: 'show' } }], longestWins: false };
  const { word, rest } = splitFirst(name);
  const row = SUBCOMMANDS.find(({ words }) => nearWords(word, words.filter(Boolean)).length > 0);
  if (row === undefined) return await takeTyped(flow, asked, read);
  const { meant } = await meantNames(flow, asked, [name]);
  if (meant.some(({ exact }) => exact.length > 0)) return await takeTyped(flow, asked, read);
  const typed = rest === '' ? undefined : row.typed?.(rest, await readSettings(flow, asked));
  if (typed === undefined || 'unclear' in typed) return meantMessage(name, meantCommand(row, word, rest));
  const readings = typed.readings.map((reading) => ({ ...reading, isUnsure: true }));
  return await takeTyped(flow, asked, { ...typed, readings });
}

/** The subcommand that a slip away was typed, with what was typed after it. */
function meantCommand({ words, takesMore }: Subcommand, word: string, rest: string): string {
  const [meant = ''] = nearWords(word, words.filter(Boolean));
  if (takesMore && rest !== '') return `${meant} ${rest}`;
  return words.includes('') ? '' : meant;
}

function whoIs({ workspaceId, slackUserId }: Who): Who {
  return { workspaceId, slackUserId };
}
