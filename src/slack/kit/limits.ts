/** Slack's limits, in characters unless said otherwise. What is longer is cut by text.ts, never sent. */
export const MESSAGE_BLOCKS = 50;
/** All blocks of a message together, as JSON. */
export const MESSAGE_CHARACTERS = 13_200;
/** The fallback text beside the blocks. */
export const MESSAGE_TEXT = 4_000;
export const VIEW_BLOCKS = 100;
/** Title, submit and close of a view. */
export const VIEW_TITLE = 24;
export const PRIVATE_METADATA = 3_000;
export const SECTION_TEXT = 3_000;
export const SECTION_FIELD = 2_000;
export const SECTION_FIELDS = 10;
export const HEADER_TEXT = 150;
export const CONTEXT_TEXT = 2_000;
export const BUTTON_TEXT = 75;
export const OPTION_TEXT = 75;
export const SELECT_OPTIONS = 100;
export const PLACEHOLDER = 150;
export const LABEL = 2_000;
export const INPUT_TEXT = 3_000;

/**
 * Slack waits three seconds for what becomes of a command or a form, and then throws away what was typed. What is stored
 * later than this, in milliseconds, is stored all the same.
 */
export const STORED_WITHIN_MS = 2_200;
