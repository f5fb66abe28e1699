import type { Money } from '../domain/money.ts';
import type { HeardNeed } from '../domain/need.ts';
import type { Log } from '../flow/ports.ts';
import type { AccountView, BoardView, DoorView } from '../flow/views.ts';

/** Who typed the command. */
export interface Who {
  workspaceId: string;
  slackUserId: string;
}

export type AccountFound =
  | { kind: 'found'; view: AccountView }
  /** Several accounts answer to the name. */
  | { kind: 'which'; names: string[] }
  | { kind: 'unknown'; name: string; near: string[] };

export type WonDeclared =
  | {
      kind: 'taken';
      view: {
        account: { id: string; name: string };
        amount: Money | null;
        prompt: { promptId: string } | null;
      };
    }
  /** Several engagements with the account are open. */
  | { kind: 'which'; doors: DoorView[] }
  | { kind: 'refused'; why: string };

export type NeedHeard =
  | { kind: 'heard'; account: { id: string; name: string }; needId: string }
  | { kind: 'unknown'; name: string; near: string[] };

export type DigestSet = { kind: 'on'; firstAt: Date; timeZone: string } | { kind: 'off' };

/** The verbs of the flow that `/whatsnext` calls, bound to a flow by whoever composes. */
export interface CommandVerbs {
  showBoard(input: Who & { limit: number }): Promise<BoardView>;
  showAccount(input: Who & { name: string; limit: number }): Promise<AccountFound>;
  declareWon(input: Who & { accountName: string; amount?: Money; key: string }): Promise<WonDeclared>;
  hearNeed(input: Who & { accountName: string; need: HeardNeed; key: string }): Promise<NeedHeard>;
  setManager(input: Who & { managerSlackUserId: string }): Promise<void>;
  subscribeDigest(
    input: Who & { channelId: string; cadence: 'weekly' | 'daily' | 'off' },
  ): Promise<DigestSet>;
}

export interface CommandOptions {
  verbs: CommandVerbs;
  /** ISO currency of an amount without one. */
  currency: string;
  now: () => Date;
  log: Log;
}

/** What somebody typed, where, and as whom. `key` is the same only for the same typing. */
export interface Asked extends Who {
  key: string;
  channelId: string;
  /** As Slack sends it, escaped. */
  text: string;
}
