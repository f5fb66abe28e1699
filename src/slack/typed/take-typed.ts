import { isSpelledAlike } from '../../domain/who/similar-names.ts';
import { type MeantName, meantNames, startOf } from '../../flow/answers/find-account.ts';
import type { Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { readSettings } from '../../flow/show/read-settings.ts';
import { showBoard } from '../../flow/show/show-board.ts';
import type { SuggestedAccount } from '../../flow/show/views.ts';
import type { Message } from '../kit/text.ts';
import { askBack, type Option } from './ask-back.ts';
import { carryOut } from './carry-out.ts';
import { readHint } from './read-order.ts';
import { likelyNames } from './read-words.ts';
import type { Reading, Readings } from './readings.ts';

/** Accounts offered where no name was typed. */
const OWN_AT_MOST = 5;

/** Who typed something. `key` is the same only for the same typing. */
export interface Typist extends Who {
  key: string;
}

interface Known {
  reading: Reading;
  account: SuggestedAccount;
}

/** Does what somebody typed where it is clear whom they mean, and asks back where it is not: nothing is guessed. */
export async function takeTyped(flow: Flow, typist: Typist, read: Readings): Promise<Message> {
  const { readings } = read;
  if (readings.every(({ name }) => name === '')) return await askWhose(flow, typist, readings);
  const names = [...new Set(readings.map(({ name }) => name))].filter((name) => name !== '');
  const { meant, mayBeNew } = await meantNames(flow, typist, names);
  const byName = new Map(meant.map((one) => [one.name, one]));
  const known = knownOf(read, byName);
  const [only, ...others] = known;
  if (only !== undefined && others.length === 0 && !only.reading.isUnsure)
    return await carryOut(flow, typist, {
      key: typist.key,
      client: { id: only.account.id },
      said: only.reading.said,
    });
  if (known.length > 0) return askBack(typist.key, leadFor(known), known.map(toOption));
  const near = [
    ...readings.flatMap((reading) => nearOf(reading, byName.get(reading.name))),
    ...(await beginsWithKnown(flow, typist, readings)),
  ];
  const fresh = mayBeNew ? newOnes(read) : [];
  return askBack(typist.key, { kind: 'unknown', name: shownName(read, fresh) }, [
    ...distinct(near, read).map(toOption),
    ...fresh.map((reading) => ({ client: { name: reading.name, isNew: true as const }, reading })),
  ]);
}

/** The readings whose name is known; where a longer name is known but for its spelling, that one too. */
function knownOf({ readings, longestWins }: Readings, byName: ReadonlyMap<string, MeantName>): Known[] {
  const known = readings.flatMap((reading) =>
    (byName.get(reading.name)?.exact ?? []).map((account) => ({ reading, account })),
  );
  const [longest] = known;
  if (!longestWins || longest === undefined) return known;
  const { name } = longest.reading;
  const longer = readings.filter((reading) => reading.name.length > name.length);
  const spelled = longer.flatMap((reading) =>
    nearOf(reading, byName.get(reading.name)).filter(({ account }) =>
      isSpelledAlike(account.name, reading.name),
    ),
  );
  return [...spelled, ...known.filter(({ reading }) => reading.name === name)];
}

function nearOf(reading: Reading, meant: MeantName | undefined): Known[] {
  return (meant?.near ?? []).map((account) => ({ reading, account }));
}

/** The best reading for each account: the name as it is spelled, else a likely one, else the longest. */
function distinct(known: readonly Known[], { readings, longestWins }: Readings): Known[] {
  const likely = longestWins ? likelyNames(readings) : [];
  const rank = ({ reading, account }: Known) => {
    if (isSpelledAlike(account.name, reading.name)) return 0;
    return likely.includes(reading.name) ? 1 : 2;
  };
  const sorted = [...known].sort((a, b) => rank(a) - rank(b));
  const best = new Map<string, Known>();
  for (const one of sorted) {
    const { account, reading } = one;
    const key = `${account.id}${reading.isUnsure ? JSON.stringify(reading.said) : ''}`;
    const before = best.get(key);
    // An order most likely has an amount.
    if (before === undefined || (reading.said.do === 'won' && hasAmount(one) && !hasAmount(before)))
      best.set(key, one);
  }
  return [...best.values()];
}

function hasAmount({ reading: { said } }: Known): boolean {
  return said.do === 'won' && said.amount !== undefined;
}

/** "Acme 5 dollers" begins with an account's name, and goes on with what may be its amount. */
async function beginsWithKnown(flow: Flow, typist: Typist, readings: readonly Reading[]): Promise<Known[]> {
  const whole = readings.find(({ said }) => said.do === 'won' && said.amount === undefined);
  const start = whole === undefined ? null : await startOf(flow, typist, whole.name);
  if (start === null) return [];
  const { currency } = await readSettings(flow, typist);
  const hint = readHint(start.rest, currency);
  const said = { do: 'won' as const, ...(hint === null ? {} : { amount: hint }) };
  return [{ reading: { name: start.account.name, said }, account: start.account }];
}

function newOnes({ readings, longestWins }: Readings): Reading[] {
  const likely = longestWins ? likelyNames(readings) : null;
  const isShown = ['won', 'need', 'note'];
  const fresh = readings.filter(({ name, said }) => {
    return name !== '' && isShown.includes(said.do) && (likely === null || likely.includes(name));
  });
  // An order most likely has an amount.
  return longestWins ? fresh : fresh.toReversed();
}

function shownName({ readings }: Readings, fresh: readonly Reading[]): string {
  return (fresh[0] ?? readings.at(-1))?.name ?? '';
}

function leadFor(known: readonly Known[]) {
  const [first] = known;
  const isOneClient = known.every(({ account }) => account.id === first?.account.id);
  if (isOneClient) return { kind: 'reading' as const };
  return { kind: 'which' as const, name: first?.account.name ?? '' };
}

function toOption({ reading, account }: Known): Option {
  return { client: { id: account.id }, account, reading };
}

/** No name was typed: it may be one of the clients with whom something of theirs is open. */
async function askWhose(flow: Flow, typist: Typist, readings: readonly Reading[]): Promise<Message> {
  const { workspaceId, slackUserId, key } = typist;
  const { doors } = await showBoard(flow, { workspaceId, slackUserId, limit: 45 });
  const own = new Map(doors.map(({ account }) => [account.id, account]));
  const options = [...own.values()]
    .slice(0, OWN_AT_MOST)
    .flatMap((account) =>
      readings.map((reading) => toOption({ reading, account: { ...account, latest: null } })),
    );
  return askBack(key, { kind: 'whose' }, options);
}
