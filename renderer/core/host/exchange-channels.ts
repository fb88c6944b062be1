import { z } from 'zod';
import { bytes, type ChannelSpec, MiB, nothing } from './channel.ts';
import type { FolderFile, FolderGrant, HttpCall, Volume } from './host.ts';

const id = z.string().min(1).max(64);
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

const SEGMENT = '[a-z0-9][a-z0-9-]{0,63}';
const FOLDERS = `(?:${SEGMENT}/){0,5}`;
/** What we write: the paths of a target, with our suffixes. */
const WRITABLE = new RegExp(`^${FOLDERS}${SEGMENT}\\.bk[phjl]$`);
/** What we read: also conflicted copies, which keep the suffix. */
const READABLE = new RegExp(`^${FOLDERS}[^./\\\\][^/\\\\]{0,200}\\.bk[phjl]$`, 'i');
const FOLDER = new RegExp(`^${SEGMENT}(?:/${SEGMENT}){0,5}$`);
/** Whether a name in a listing is one of ours. */
export const isOurs = (name: string): boolean => READABLE.test(name);

/** Most files that a listing shows. */
export const MOST_LISTED = 2_000;
/** Packs are at most 256 KiB and a little; one that holds a single very long change may be as long as this. */
const MOST_AT_ONCE = 16 * MiB;

const grant = z.strictObject({
  id,
  writable: z.boolean(),
  freeBytes: z.number().nullable(),
}) satisfies z.ZodType<FolderGrant>;
const file = z.strictObject({ name: z.string(), size: z.number() }) satisfies z.ZodType<FolderFile>;
const volume = z.strictObject({ path: z.string(), name: z.string() }) satisfies z.ZodType<Volume>;

/** Nothing among them carries a person's name but `authorization`, which the person entered for this server. */
const SENT_HEADERS = /^(?:authorization|content-type|depth|if-none-match)$/;
/** Printable ASCII, so that no header can end and another begin. */
const headerValue = z.string().regex(/^[\x20-\x7e]{0,4000}$/);

const httpCall = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'PUT', 'MKCOL', 'PROPFIND', 'OPTIONS']),
  path: z.string().regex(/^\/[\x21-\x22\x24-\x7e]{0,2000}$/),
  headers: z.record(z.string().regex(SENT_HEADERS), headerValue),
  maxBytes: z.number().int().min(0).max(MOST_AT_ONCE),
  quietSeconds: z.number().int().min(1).max(300),
}) satisfies z.ZodType<HttpCall>;

/** The channels of exchange: folders and servers. None touches the vault, so that none waits for it. */
export const EXCHANGE_CHANNELS = {
  'folders.choose': {
    doc: "A folder that the person picks in the system's own window, or null.",
    params: nothing,
    result: z.string().nullable(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'folders.open': {
    doc: 'A grant for an existing folder.',
    params: z.tuple([z.string().min(1).max(1000)]),
    result: grant,
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'folders.list': {
    doc: 'Our files directly in a folder.',
    params: z.tuple([id, z.string().regex(FOLDER)]),
    result: z.array(file).max(MOST_LISTED),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'folders.read': {
    doc: 'A file with one of our suffixes, or null.',
    params: z.tuple([id, z.string().regex(READABLE), z.number().int().min(0).max(MOST_AT_ONCE)]),
    result: bytes.nullable(),
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
    aside: true,
  },
  'folders.write': {
    doc: 'Writes a file with one of our suffixes as a whole or not at all.',
    params: z.tuple([id, z.string().regex(WRITABLE), bytes]),
    result: z.undefined(),
    claimed: true,
    bytesParam: 2,
    maxBytes: MOST_AT_ONCE,
    aside: true,
  },
  'folders.volumes': {
    doc: 'Drives that come and go.',
    params: nothing,
    result: z.array(volume),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'http.open': {
    doc: 'A line to one server for this run.',
    params: z.tuple([z.string().min(1).max(300), fingerprint.nullable()]),
    result: z.string(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'http.request': {
    doc: 'One request on a line; answers with a frame of status, headers and bytes.',
    params: z.tuple([id, httpCall, bytes]),
    result: bytes,
    claimed: true,
    bytesParam: 2,
    bytesResult: true,
    maxBytes: MOST_AT_ONCE,
    aside: true,
  },
  'http.close': {
    doc: 'Ends a line and what is under way on it.',
    params: z.tuple([id]),
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
} as const satisfies Record<string, ChannelSpec>;
