import { createPublicKey, verify } from 'node:crypto';
import type { Release } from '../../renderer/core/base/release.ts';
import {
  CodedError,
  RELEASE_CONTEXT,
  releaseSchema,
  signedReleaseSchema,
} from '../../renderer/core/host/contract.ts';

/**
 * The release in a server's answer, once its signature has been checked with the publisher's key (32 bytes, base64).
 * Nothing in the answer is believed before that, apart from where the signature is.
 * Errors: `update/unreadable`, `update/bad-signature`.
 */
export function openRelease(answer: Uint8Array, key: string): Release {
  const signed = signedReleaseSchema.safeParse(jsonOf(answer));
  if (!signed.success) throw unreadable();
  const { release, signature } = signed.data;
  const publisher = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key, 'base64').toString('base64url') },
    format: 'jwk',
  });
  const message = Buffer.from(RELEASE_CONTEXT + release, 'utf8');
  if (!verify(null, message, publisher, Buffer.from(signature, 'base64'))) {
    throw new CodedError('update/bad-signature', "The answer is not signed with the publisher's key.");
  }
  const read = releaseSchema.safeParse(jsonOf(Buffer.from(release, 'utf8')));
  if (!read.success) throw unreadable();
  return read.data;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw unreadable();
  }
}

function unreadable(): CodedError {
  return new CodedError('update/unreadable', 'The answer is not a signed release.');
}

/** Below zero when `a` is the older of two versions of three numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
