/** Every name that comes back from Slack with a click or a submission. They live in sent messages: never reuse one. */
export const ACTION = {
  /** A door on the board, the account card or Home: shows its prompt to whoever clicked. */
  open: 'prompt_open',
  /** A need was caught: opens the form for it. */
  caught: 'prompt_caught',
  brought: 'prompt_brought',
  asked: 'prompt_asked',
  won: 'prompt_won',
  lost: 'prompt_lost',
  /** "Not yet" with a form. */
  later: 'prompt_later',
  /** "Not yet" with the date picked in the message. */
  laterOn: 'prompt_later_on',
  /** When they will talk about what the order brought. */
  talkOn: 'prompt_talk_on',
  promised: 'prompt_promised',
  verify: 'prompt_verify',
  /** The need to begin the next engagement from. */
  begin: 'prompt_begin',
  comeBack: 'prompt_come_back',
  next: 'prompt_next',
  /** How a question that would be quiet is to go on. */
  keepAsking: 'prompt_keep_asking',
  /** The menu at the end of a prompt: ask me later, why am I asked. */
  more: 'prompt_more',
  /** Why a question was of no use: `prompt_not_useful:<reason>`. */
  notUseful: 'prompt_not_useful',
  /** What stands open: another page of it, or one account's only. */
  boardPage: 'board_page',
  boardBack: 'board_back',
  boardAccount: 'board_account',
  boardAll: 'board_all',
  /** The story of the one client that is shown. */
  boardStory: 'board_story',
  /** What somebody tells without being asked. */
  logOrder: 'log_order',
  logNeed: 'log_need',
  /** A reply that reads like news becomes it. */
  news: 'note_news',
  /** In forms: which client, found by typing. */
  account: 'form_account',
  /** The same, or one who is new by the rep's own word. */
  clientOrNew: 'form_client',
  /** On the account card: which other account is the same client, and that it isn't after all. */
  sameClient: 'account_same_client',
  partClient: 'account_part_client',
  /** Under a prompt: the order that was told is this deal's, or another; and taking that back. */
  sameOrder: 'order_same',
  otherOrder: 'order_other',
  takeBackOrder: 'order_take_back',
  /** What somebody typed, understood in one way: `typed_meant:<n>`. */
  meant: 'typed_meant',
  /** In forms: another page, `form_page:<page>`. */
  page: 'form_page',
  /** In forms: whether the client sees it. */
  sees: 'form_sees',
  /** The day of a need. */
  beginNeed: 'need_begin',
  dropNeed: 'need_drop',
  /** What will be brought, and when. */
  bring: 'prompt_bring',
  /** Takes back what was told: that alone, with all that hangs on it, or without the deals that began with it. */
  undo: 'told_undo',
  undoAll: 'told_undo_all',
  undoKeep: 'told_undo_keep',
  putBack: 'told_put_back',
  undoLast: 'told_undo_last',
  /** The same in the menu of a line on an account's card. */
  toldMenu: 'told_menu',
  /** Opens the form that changes what was told. */
  change: 'told_change',
  /** Opens the form that changes a need. */
  changeNeed: 'need_change',
  /** Going away, and being back. */
  openAway: 'away_open',
  back: 'away_back',
  /** A rep's own settings, a part of them, and in its form another country. */
  openSettings: 'settings_open',
  settingsPart: 'settings_part',
  settingsCountry: 'settings_country',
  removeDaysOff: 'settings_remove_days_off',
  /** Somebody would rather not stand in for whoever is away. */
  declineStandIn: 'stand_in_decline',
  /** Who takes a deal on: the form; a colleague who is asked does, or would rather not; whoever asked takes it back. */
  handOver: 'hand_over_open',
  takeHandOver: 'hand_over_take',
  declineHandOver: 'hand_over_decline',
  withdrawHandOver: 'hand_over_withdraw',
} as const;

export const VIEW = {
  sameClient: 'same_client_form',
  caught: 'caught_form',
  won: 'won_form',
  lost: 'lost_form',
  later: 'later_form',
  verification: 'verification_form',
  next: 'next_form',
  promised: 'promised_form',
  begin: 'begin_form',
  beginNeed: 'begin_need_form',
  dropNeed: 'drop_need_form',
  bring: 'bring_form',
  logOrder: 'log_order_form',
  logNeed: 'log_need_form',
  change: 'change_form',
  changeNeed: 'change_need_form',
  away: 'away_form',
  ownHours: 'own_hours_form',
  ownHolidays: 'own_holidays_form',
  ownDaysOff: 'own_days_off_form',
  ownPeople: 'own_people_form',
  handOver: 'hand_over_form',
} as const;

/** What a rep finds among Slack's own shortcuts; the manifest names them too. */
export const SHORTCUT = {
  whatsNext: 'whats_next',
  logOrder: 'log_order',
  captureNeed: 'capture_need',
} as const;

/** Entries of the menu at the end of a line on an account's card; each is followed by what it is about. */
export const TOLD = { undo: 'undo:', change: 'change:', handOver: 'hand_over:' } as const;

/** Entries of the menu at the end of a prompt. */
export const MORE = {
  tomorrow: 'tomorrow',
  nextWeek: 'next_week',
  anotherDay: 'another_day',
  why: 'why',
  /** Of a need whose client waits for a repair. */
  beginAnyway: 'begin_anyway',
  notUseful: 'not_useful',
} as const;

/** How a question can go on that was asked as often as may be. */
export const KEEP_ASKING = { weekly: 'weekly', monthly: 'monthly', leave: 'leave' } as const;

/** Types of the metadata by which a message is found again. */
export const METADATA = {
  bundle: 'whats_next_bundle',
  digest: 'whats_next_digest',
  refusedDigest: 'whats_next_refused_digest',
  adminSummary: 'whats_next_admin_summary',
  notice: 'whats_next_notice',
  handOver: 'whats_next_hand_over',
} as const;

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * Prompt's block ids are `prompt:<id>:<part>`: a click on a picker brings no value of its own, so the block says
 * which prompt it answers.
 */
export function promptBlock(promptId: string, part: string): string {
  return `prompt:${promptId}:${part}`;
}

/** The prompt that a block belongs to; null for a block of anything else. */
export function promptOfBlock(blockId: string): string | null {
  return new RegExp(`^prompt:(${ID}):`).exec(blockId)?.[1] ?? null;
}

/** Whether a value that came back from Slack can name something that a person told: an answer, or an order typed here. */
export function isFactId(value: string): boolean {
  return isId(value) || value.startsWith('slack:');
}

/** Whether a value that came back from Slack can be one of our ids. */
export function isId(value: string): boolean {
  return new RegExp(`^${ID}$`).test(value);
}
