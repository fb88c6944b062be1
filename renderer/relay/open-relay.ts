import type { SocketHost } from '@/core/host/host.ts';
import type { Patience } from '@/core/sync/jetstream.ts';
import { RelayLines } from '@/core/sync/relay-lines.ts';
import { RelayTarget } from '@/core/sync/relay-target.ts';
import type { OpenTarget } from '@/core/sync/target.ts';
import { dialNats, readSeed } from './nats-line.ts';

/** What a person enters for a relay. */
export interface RelaySettings {
  /** `wss://` addresses of its servers, tried in turn. */
  readonly urls: readonly string[];
  /** The nkey seed that the relay's administrator handed out for this device. */
  readonly seed: string;
  /** SHA-256 of the servers' certificate where no authority vouches for it and the person compared it. */
  readonly fingerprint: string | null;
}

/** Half a minute of silence, and as long again for every 60 kB at the speed of a bad 2G line. */
const PATIENCE: Patience = { answer: 30_000, perByte: 0.5 };

/** A relay's target. Connects when it is first used. Error: `target/refused` when the seed is none. */
export async function openRelay(
  settings: RelaySettings,
  host: { readonly socket: SocketHost },
  patience: Patience = PATIENCE,
): Promise<OpenTarget> {
  const key = readSeed(settings.seed);
  const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  const lines = new RelayLines(
    settings.urls,
    (url) => dialNats(host.socket, url, key, settings.fingerprint, patience.answer),
    pause,
  );
  return new RelayTarget(lines, patience, pause);
}
