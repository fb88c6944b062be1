import { onTestFinished } from 'vitest';
import type { Bytes } from '@/core/base/bytes.ts';
import type { RelayLine } from '@/core/sync/relay-line.ts';
import { ASK_INFO } from '@/core/sync/relay-subjects.ts';
import type { OpenTarget } from '@/core/sync/target.ts';
import { dialNats, readSeed } from '@/relay/nats-line.ts';
import { openRelay } from '@/relay/open-relay.ts';
import { createSockets } from '../../electron/handlers/socket.ts';
import type { DeviceFile } from '../support/relay-servers.ts';

/** Quick to give up, so that a test of silence is short. */
export const IMPATIENT = { answer: 1_500, perByte: 0.01 };

function sockets(open = 30_000) {
  const made = createSockets({ open, receive: 20_000, unheard: 60_000 });
  onTestFinished(() => made.closeAll());
  return made.host;
}

/** A device's target, closed when the test has finished. */
export async function targetOf(
  device: DeviceFile,
  urls: readonly string[] = device.urls,
  patience?: typeof IMPATIENT,
): Promise<OpenTarget> {
  const target = await openRelay(
    { urls, seed: device.seed, fingerprint: device.fingerprint },
    { socket: sockets(patience?.answer) },
    patience,
  );
  onTestFinished(() => target.close());
  return target;
}

/** A bare line with a key, for what a target never asks. */
export async function lineOf(device: Pick<DeviceFile, 'seed' | 'urls' | 'fingerprint'>): Promise<RelayLine> {
  const key = readSeed(device.seed);
  const line = await dialNats(sockets(), device.urls[0] as string, key, device.fingerprint, 10_000);
  onTestFinished(() => line.close());
  return line;
}

/** A question to JetStream by its own name, as the administrator may ask it, and its answer. */
export const ask = (line: RelayLine, api: string, question: unknown = {}): Promise<Record<string, unknown>> =>
  askOn(line, `$JS.API.${api}`, question);

/** What a device is told about the stream. */
export const askInfo = (line: RelayLine, question: unknown = {}): Promise<Record<string, unknown>> =>
  askOn(line, ASK_INFO, question);

async function askOn(line: RelayLine, subject: string, question: unknown): Promise<Record<string, unknown>> {
  const bytes = new TextEncoder().encode(JSON.stringify(question));
  const reply = await line.request(subject, bytes, { patience: 10_000 });
  return JSON.parse(new TextDecoder().decode(reply.bytes));
}

export async function contentOf(
  target: OpenTarget,
  path: string,
  maxBytes = 256 * 1024,
): Promise<Bytes | null> {
  const fetched = await target.get(path, { maxBytes });
  return fetched.state === 'found' ? fetched.bytes : null;
}

/** How many messages the stream holds for a filter of subjects. */
export async function countMessages(line: RelayLine, filter: string): Promise<number> {
  const info = await askInfo(line, { subjects_filter: filter });
  const { subjects } = info.state as { subjects?: Record<string, number> };
  return Object.values(subjects ?? {}).reduce((sum, count) => sum + count, 0);
}
