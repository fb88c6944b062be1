import { z } from 'zod';
import { bytes, type ChannelSpec, MiB } from './channel.ts';
import type { SocketTrust } from './host.ts';

const id = z.string().min(1).max(64);
const trust = z.strictObject({
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
}) satisfies z.ZodType<SocketTrust>;

/** The channels of relays' sockets. None touches the vault, so that none waits for it. */
export const SOCKET_CHANNELS = {
  'socket.open': {
    doc: "Opens a WebSocket to a relay; answers with the socket's id.",
    params: z.tuple([z.string().min(1).max(2000), trust]),
    result: z.string(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'socket.send': {
    doc: "Sends one message and answers once the bytes are the system's to send.",
    params: z.tuple([id, bytes]),
    result: z.undefined(),
    claimed: true,
    bytesParam: 1,
    maxBytes: 2 * MiB,
    aside: true,
  },
  'socket.receive': {
    doc: 'What has come in, waiting a while for it; null once the socket is closed.',
    params: z.tuple([id]),
    result: bytes.nullable(),
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
    aside: true,
  },
  'socket.close': {
    doc: 'Closes a socket.',
    params: z.tuple([id]),
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
} as const satisfies Record<string, ChannelSpec>;
