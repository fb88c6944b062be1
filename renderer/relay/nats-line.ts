import {
  AuthorizationError,
  headers as makeHeaders,
  type NatsConnection,
  NoRespondersError,
  Nuid,
  nkeyAuthenticator,
  nkeys,
  PermissionViolationError,
  UserAuthenticationExpiredError,
  wsconnect,
} from '@nats-io/nats-core';
import { CodedError } from '@/core/base/coded-error.ts';
import type { SocketHost } from '@/core/host/host.ts';
import type { RelayLine } from '@/core/sync/relay-line.ts';
import { publisherOf } from '@/core/sync/relay-subjects.ts';
import { HostWebSocket } from './host-web-socket.ts';

export interface RelayKey {
  readonly publisher: string;
  readonly seed: Uint8Array;
}

/** Errors: `target/refused` when it is no nkey seed of a user. */
export function readSeed(text: string): RelayKey {
  const seed = new TextEncoder().encode(text.trim());
  try {
    const key = nkeys.fromSeed(seed).getPublicKey();
    if (key.startsWith('U')) return { publisher: publisherOf(key), seed };
  } catch {
    // Said below.
  }
  throw new CodedError('target/refused', 'These are no credentials of a device.');
}

/**
 * One connection, which stays with its server until it breaks: which server comes next is the target's to decide.
 * Replies come to an inbox that no other key may listen to.
 */
export async function dialNats(
  sockets: SocketHost,
  url: string,
  key: RelayKey,
  fingerprint: string | null,
  patience: number,
): Promise<RelayLine> {
  const id = await sockets.open(url, { fingerprint });
  const socket = new HostWebSocket(sockets, id);
  let connection: NatsConnection;
  let given = false;
  try {
    connection = await wsconnect({
      servers: [url],
      wsFactory: async () => {
        // The client would try the same socket again.
        if (given) throw new CodedError('target/unreachable', 'The line to the relay broke.');
        given = true;
        return { socket: socket as unknown as WebSocket, encrypted: url.startsWith('wss:') };
      },
      authenticator: nkeyAuthenticator(key.seed),
      inboxPrefix: `_INBOX.${key.publisher}`,
      timeout: patience,
      reconnect: false,
      maxReconnectAttempts: 0,
      ignoreClusterUpdates: true,
      noAsyncTraces: true,
    });
  } catch (error) {
    socket.close();
    throw targetError(error);
  }
  return {
    publisher: key.publisher,
    // Not to be guessed from an earlier one: a message with an id that the stream has seen is dropped.
    freshId: () => new Nuid().next(),
    async request(subject, bytes, options) {
      const headers = makeHeaders();
      for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
      try {
        const reply = await connection.request(subject, bytes, { timeout: options.patience, headers });
        socket.answered();
        const code = reply.headers?.code ?? 0;
        return {
          status: code === 0 ? null : code,
          header: (name) => (reply.headers?.has(name) ? reply.headers.get(name) : null),
          bytes: new Uint8Array(reply.data),
        };
      } catch (error) {
        throw targetError(error);
      }
    },
    async close() {
      await connection.close().catch(() => undefined);
      socket.close();
    },
  };
}

/** The client wraps what happened in an error that says where. */
function targetError(error: unknown): CodedError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof CodedError) return cause;
    if (
      cause instanceof AuthorizationError ||
      cause instanceof PermissionViolationError ||
      cause instanceof UserAuthenticationExpiredError
    ) {
      return new CodedError('target/refused', 'The relay does not let this key do that.');
    }
    if (cause instanceof NoRespondersError) {
      return new CodedError('target/busy', 'No server of the relay answers this at the moment.');
    }
  }
  return new CodedError('target/unreachable', 'The line to the relay broke, or nothing came over it.');
}
