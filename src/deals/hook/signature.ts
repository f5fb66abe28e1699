import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** How far the sender's clock may be from ours, behind or ahead: the specification's own five minutes. */
const TOLERANCE_SECONDS = 300;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The keys of `whsec_…` secrets with spaces between. Throws for what is none, without repeating it. */
export function readSecrets(secrets: string): KeyObject[] {
  const words = secrets.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) throw new Error('the deal hook needs a secret (whsec_…)');
  return words.map((word, index) => {
    const base64 = word.replace(/^whsec_/, '');
    if (!BASE64.test(base64))
      throw new Error(`secret ${index + 1} of the deal hook is not whsec_ and base64`);
    // A key made once: made of the bytes for each signature it costs five times as much as the signature.
    return createSecretKey(base64, 'base64');
  });
}

/**
 * Whether one of the keys signed exactly these bytes a moment ago, after the Standard Webhooks specification. Not by
 * its library: that one reads the bytes as text first, so that a body in no UTF-8 seems unsigned.
 */
export function isSigned(
  keys: readonly KeyObject[],
  headers: IncomingHttpHeaders,
  body: Buffer,
  now: Date,
): boolean {
  const [id, sentAt, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  );
  if (!id || !sentAt || !signatures || !/^\d{1,12}$/.test(sentAt)) return false;
  if (Math.abs(now.getTime() / 1_000 - Number(sentAt)) > TOLERANCE_SECONDS) return false;
  const told = signatures.split(' ').flatMap((one) => {
    const [version, signature = ''] = one.split(',');
    return version === 'v1' ? [Buffer.from(signature, 'base64')] : [];
  });
  return keys.some((key) => {
    const right = createHmac('sha256', key).update(`${id}.${sentAt}.`).update(body).digest();
    return told.some((signature) => signature.length === right.length && timingSafeEqual(signature, right));
  });
}
