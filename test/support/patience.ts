/** Ms. Nothing waits that long: a machine that is busy with other things must not make a test fail. */
export const PATIENCE_MS = 60_000;

/** A Slack whose three seconds last longer, for tests of what is said, not of how soon. */
export const PATIENT_SLACK = { ackTimeoutMs: PATIENCE_MS, triggerLifeMs: PATIENCE_MS };
