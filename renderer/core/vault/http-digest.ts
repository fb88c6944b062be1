import { md5, sha256 } from 'hash-wasm';
import { type Bytes, toHex } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';

/**
 * What HTTP's Digest asks for (RFC 7616), and nothing else: MD5 is broken as a hash. It keeps a password out of the
 * request, which is sealed by TLS anyway; Apache's own module knows no other algorithm.
 */
export type DigestAlgorithm = 'MD5' | 'SHA-256';

export const digestHex = (algorithm: DigestAlgorithm, bytes: Bytes): Promise<string> =>
  algorithm === 'MD5' ? md5(bytes) : sha256(bytes);

/** A client's nonce: 128 random bits, in hexadecimal. */
export const clientNonce = (random: Random): string => toHex(random.bytes(16));
