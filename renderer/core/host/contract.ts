import type { z } from 'zod';
import type { WireError } from '../base/coded-error.ts';
import type { ChannelSpec } from './channel.ts';
import { EXCHANGE_CHANNELS } from './exchange-channels.ts';
import type { Host } from './host.ts';
import { KEYCHAIN_CHANNELS } from './keychain-channels.ts';
import { SAFETY_CHANNELS } from './safety-channels.ts';
import { SOCKET_CHANNELS } from './socket-channels.ts';
import { UPDATE_CHANNELS } from './update-channels.ts';
import { VAULT_CHANNELS } from './vault-channels.ts';

/**
 * The whole boundary between the interface and the machine: every method of `Host` on a channel, with what may
 * cross it. From this table come the preload's bridge, the dispatch behind Electron's IPC and behind page mode's
 * HTTP door, and the renderer's client; the check at the end keeps it and `Host` from drifting apart.
 *
 * Errors cross as `WireError`: a code and primitives, never a message that could quote data.
 */
export { CodedError, toWire, type WireError } from '../base/coded-error.ts';
export type { ChannelSpec } from './channel.ts';
export { isOurs, MOST_LISTED } from './exchange-channels.ts';
export type {
  CopyPart,
  FilesHost,
  FolderFile,
  FoldersHost,
  FoundCopy,
  Host,
  HostInfo,
  HttpCall,
  HttpHead,
  HttpHost,
  JournalHost,
  KeychainHost,
  KeychainSystem,
  MachineEvent,
  MachineMark,
  Preferences,
  SafetyHost,
  SafetyState,
  SealedName,
  SocketHost,
  SocketTrust,
  SpaceHost,
  SpaceState,
  SystemHost,
  Volume,
} from './host.ts';
export { RELEASE_CONTEXT, releaseSchema, signedReleaseSchema } from './update-channels.ts';
export { DRAFT_ID, preferencesSchema } from './vault-channels.ts';

export const CONTRACT = {
  ...VAULT_CHANNELS,
  ...EXCHANGE_CHANNELS,
  ...SOCKET_CHANNELS,
  ...UPDATE_CHANNELS,
  ...SAFETY_CHANNELS,
  ...KEYCHAIN_CHANNELS,
} as const satisfies Record<HostMethod, ChannelSpec>;

export type Channel = keyof typeof CONTRACT;
export const CHANNELS = Object.keys(CONTRACT) as readonly Channel[];

export const isChannel = (name: unknown): name is Channel =>
  typeof name === 'string' && Object.hasOwn(CONTRACT, name);

export const specOf = (channel: Channel): ChannelSpec => CONTRACT[channel];

/** What the preload exposes as `window.host`: one function a channel, with the claim in front of the parameters. */
export type Bridge = Readonly<
  Record<Channel, (claim: string | null, ...params: readonly unknown[]) => Promise<Answer>>
>;

/** Electron's IPC keeps only an error's message, so that failures cross as values. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: WireError };

// ---------------------------------------------------------------- the contract is the port

type HostMethod = {
  [Area in keyof Host]: `${Area}.${keyof Host[Area] & string}`;
}[keyof Host];

type MethodOf<C extends Channel> = C extends `${infer Area extends keyof Host}.${infer Method}`
  ? Method extends keyof Host[Area]
    ? Host[Area][Method]
    : never
  : never;

type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Answered<T> = T extends void ? undefined : T;

type Drift = {
  [C in Channel]: MethodOf<C> extends (...params: infer P) => Promise<infer R>
    ? Mutual<P, z.infer<(typeof CONTRACT)[C]['params']>> extends true
      ? Mutual<Answered<R>, z.infer<(typeof CONTRACT)[C]['result']>> extends true
        ? never
        : C
      : C
    : C;
}[Channel];

/** A channel whose schemas differ from its method's type makes this line an error that names the channel. */
const drift: [Drift] extends [never] ? true : Drift = true;
void drift;
