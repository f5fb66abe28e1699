/**
 * Slack's limits as it enforces them. Kept apart from the product's own list (slack/limits.ts) on purpose:
 * a limit that the product has wrong must be refused here. Lengths are in characters.
 */
export const LIMITS = {
  messageBlocks: 50,
  /** All blocks of a message together, as JSON. */
  messageBlockCharacters: 13_200,
  /** Slack cuts or splits longer texts instead of refusing them; here that is a fault, so that it is noticed. */
  messageText: 4_000,
  chartsPerMessage: 2,
  tablesPerMessage: 1,
  metadataCharacters: 16_000,
  viewBlocks: 100,
  viewBytes: 250 * 1024,
  viewStack: 3,
  viewTitle: 24,
  privateMetadata: 3_000,
  id: 255,
  sectionText: 3_000,
  sectionFields: 10,
  sectionField: 2_000,
  header: 150,
  actionsElements: 25,
  contextElements: 10,
  contextText: 2_000,
  buttonText: 75,
  buttonValue: 2_000,
  url: 3_000,
  selectOptions: 100,
  choiceOptions: 10,
  overflowOptions: 5,
  optionText: 75,
  placeholder: 150,
  label: 2_000,
  inputText: 3_000,
  altText: 2_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const;

/** Uses of one response_url, and how long it lives (ms, by the stand-in's clock). */
export const RESPONSE_URL = { uses: 5, lifeMs: 30 * 60_000 } as const;

/** Sockets one app may hold. */
export const MAX_SOCKETS = 10;
