import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { CodedError } from '../../renderer/core/host/contract.ts';

/** A release is a few hundred bytes of notes and hashes. */
export const MAX_ANSWER = 32 * 1024;
/** A 2G line takes its time over the handshake alone. Milliseconds. */
const PATIENCE = 60_000;

export interface FetchOptions {
  /** Certificates to trust in place of the well-known ones; a test's own server has one. */
  readonly ca?: string;
  readonly signal: AbortSignal;
}

/**
 * One HTTPS request for a fixed address, by Node and not by the window, whose session reaches no network. It carries
 * no cookie, no name of the program, no version and no language, follows no redirection, and is given up once the
 * answer is larger than a release can be.
 * Errors: `update/unreachable`, `update/redirected`, `update/too-large`, `update/unreadable`.
 */
export async function fetchRelease(
  address: string,
  { ca, signal }: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await ask(address, ca, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]));
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CodedError('update/unreachable', 'The update server gave no answer that can be trusted.', {
      reason,
    });
  }
}

function ask(address: string, ca: string | undefined, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const request = get(
      address,
      {
        agent: false,
        signal,
        minVersion: 'TLSv1.2',
        maxHeaderSize: 16 * 1024,
        headers: { accept: 'application/json' },
        ...(ca !== undefined && { ca }),
      },
      (response) => {
        read(response).then(resolve, (error) => {
          request.destroy();
          reject(error);
        });
      },
    );
    request.on('error', reject);
  });
}

async function read(response: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    throw new CodedError('update/redirected', 'The update server names another address.', { status });
  }
  if (status !== 200) {
    throw new CodedError('update/unreadable', 'The update server has no release to show.', { status });
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_ANSWER) {
      throw new CodedError('update/too-large', 'The answer is larger than a release can be.');
    }
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
