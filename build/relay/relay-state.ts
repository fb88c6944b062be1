import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nkeys } from '@nats-io/nats-core';
import { z } from 'zod';
import { publisherOf } from '../../renderer/core/sync/relay-subjects.ts';
import type { TeamFile } from './team-file.ts';
import { replacePrivately } from './write-privately.ts';

export const LEAST_GIGABYTES = 0.001;

/** `relay.json` in the administrator's folder: public keys only, so that a later run knows whom it has served. */
const server = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/),
  host: z.string().regex(/^[A-Za-z0-9.-]{1,253}$/),
  socketPort: z.int().min(1).max(65_535),
  routePort: z.int().min(1).max(65_535),
});
const holder = z.object({ device: z.string(), member: z.string(), key: z.string().regex(/^U[A-Z2-7]{55}$/) });
const relayState = z.object({
  v: z.literal(1),
  workspace: z.string(),
  name: z.string(),
  servers: z.array(server).min(1).max(5),
  /** Hexadecimal SHA-256 of the servers' own certificate; null where authorities vouch for theirs, or without TLS. */
  fingerprint: z.string().nullable(),
  settings: z.object({
    plain: z.boolean(),
    /** Paths, on the servers, of a certificate that an authority vouches for; null: one that `init` makes. */
    certificate: z.object({ cert: z.string(), key: z.string() }).nullable(),
    /** Where a server keeps its files and its stream. */
    home: z.string(),
    store: z.string(),
    maxGigabytes: z.number().min(LEAST_GIGABYTES),
    /** Every message is flushed to the disk before it is acknowledged: servers from 2.10 on. */
    flushAlways: z.boolean(),
  }),
  admin: z.string().regex(/^U[A-Z2-7]{55}$/),
  holders: z.array(holder),
  revoked: z.array(z.string()),
});

export type RelayServer = z.infer<typeof server>;
export type Holder = z.infer<typeof holder>;
export type RelayState = z.infer<typeof relayState>;
export type RelaySettings = RelayState['settings'];

export const STATE_FILE = 'relay.json';
export const ADMIN_FILE = 'admin.nk';

/** Null when the folder holds no relay yet. */
export async function readState(folder: string): Promise<RelayState | null> {
  let text: string;
  try {
    text = await readFile(join(folder, STATE_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return relayState.parse(JSON.parse(text));
}

export const writeState = (folder: string, state: RelayState): Promise<void> =>
  replacePrivately(join(folder, STATE_FILE), `${JSON.stringify(state, null, 2)}\n`);

export const urlsOf = ({ servers, settings }: Pick<RelayState, 'servers' | 'settings'>): string[] =>
  servers.map(({ host, socketPort }) => `${settings.plain ? 'ws' : 'wss'}://${host}:${socketPort}`);

export interface NewKey {
  readonly holder: Holder;
  /** Goes into the device's file and nowhere else. */
  readonly seed: string;
}

export function makeKey(): { key: string; seed: string } {
  const pair = nkeys.createUser();
  return { key: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) };
}

/** Keys for devices that have none, and so many spare ones (for newcomers, and for a laptop that was set up anew). */
export function newKeys(team: TeamFile, holders: readonly Holder[], spares: number): NewKey[] {
  const taken = new Set(holders.map(({ key }) => publisherOf(key)));
  const served = new Set(holders.map(({ device }) => device));
  const wanted = team.devices.filter(({ device }) => !served.has(device));
  const spareCount = holders.filter(({ device }) => device.startsWith('spare-')).length;
  for (let n = spareCount + 1; n <= spares; n++) wanted.push({ device: `spare-${n}`, member: '' });
  return wanted.map(({ device, member }) => {
    let made = makeKey();
    // Tokens are 80 bits of a key; two alike would be one publisher.
    while (taken.has(publisherOf(made.key))) made = makeKey();
    taken.add(publisherOf(made.key));
    return { holder: { device, member, key: made.key }, seed: made.seed };
  });
}
