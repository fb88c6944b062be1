import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { CodedError } from '../renderer/core/host/contract.ts';
import { errnoOf } from './disk.ts';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

export interface LineOptions {
  readonly secure: boolean;
  /** SHA-256 of the certificate that the person compared, lower-case hexadecimal; null while authorities vouch. */
  readonly fingerprint: string | null;
  /** Milliseconds for the connection and the proof together. */
  readonly patience: number;
}

/** True for an address of this very machine, where nobody else can listen in. */
export const isLoopback = (url: URL): boolean => LOOPBACK.has(url.hostname);

/**
 * A connection to the server of a URL whose other end has proved itself before anything was written to it.
 * Errors: `target/unreachable`, `target/untrusted` (detail.fingerprint).
 */
export async function connectLine(url: URL, options: LineOptions): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (options.secure ? 443 : 80));
  const socket = options.secure
    ? connectTls({
        host,
        port,
        // No name to send where the address is a number (RFC 6066).
        ...(isIP(host) === 0 && { servername: host }),
        ALPNProtocols: ['http/1.1'],
        // Decided below, where the certificate can still be shown.
        rejectUnauthorized: false,
      })
    : connectTcp({ host, port });
  try {
    await connected(socket, options);
    if (options.secure) checkCertificate(socket as TLSSocket, options.fingerprint);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function connected(socket: Socket, { secure, patience }: LineOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(unreachable('ETIMEDOUT')), patience);
    const settle = (done: () => void) => {
      clearTimeout(timer);
      socket.off('error', failed);
      socket.off('close', closed);
      done();
    };
    const failed = (error: Error) => settle(() => reject(unreachable(errnoOf(error))));
    const closed = () => settle(() => reject(unreachable(null)));
    socket.once('error', failed);
    socket.once('close', closed);
    socket.once(secure ? 'secureConnect' : 'connect', () => settle(resolve));
  });
}

/** `authorized` covers the chain, the dates and the name. Once a certificate was compared, only that one is good. */
function checkCertificate(socket: TLSSocket, compared: string | null): void {
  if (compared === null && socket.authorized) return;
  const fingerprint = (socket.getPeerCertificate().fingerprint256 ?? '').replaceAll(':', '').toLowerCase();
  if (compared !== null && fingerprint === compared) return;
  throw new CodedError(
    'target/untrusted',
    'The certificate of the server is not one that was vouched for or compared.',
    {
      fingerprint,
      reason: String(socket.authorizationError ?? ''),
    },
  );
}

export const unreachable = (errno: string | null | undefined): CodedError =>
  new CodedError('target/unreachable', 'The server cannot be reached.', { errno: errno ?? null });
