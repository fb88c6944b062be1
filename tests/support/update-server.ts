import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Release } from '@/core/base/release.ts';
import { RELEASE_CONTEXT } from '@/core/host/contract.ts';
import type { UpdateSource } from '../../electron/updates/source.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
/** Of a server called `localhost`; its key is in the open and nobody but a test should trust it. */
export const CERTIFICATE = fixture('localhost.crt');

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519').privateKey;
export const PUBLISHER_KEY = Buffer.from(
  publicKey.export({ format: 'jwk' }).x as string,
  'base64url',
).toString('base64');

/** The answer that a publisher's tool would put on the server. */
export function signed(
  release: unknown,
  how: { readonly key?: 'stranger'; readonly context?: string } = {},
): string {
  const text = typeof release === 'string' ? release : JSON.stringify(release);
  const message = Buffer.from((how.context ?? RELEASE_CONTEXT) + text);
  const signature = sign(null, message, how.key === 'stranger' ? stranger : privateKey).toString('base64');
  return JSON.stringify({ release: text, signature });
}

export function release(version: string, edit: Partial<Release> = {}): Release {
  return {
    version,
    notes: {
      ky: 'Жазуулар тезирээк ачылат.',
      ru: 'Записи открываются быстрее.',
      'uz-Cyrl': 'Ёзувлар тезроқ очилади.',
      'uz-Latn': 'Yozuvlar tezroq ochiladi.',
      en: 'Records open faster.',
    },
    files: [{ name: `Baikoo-${version}-win-x64.exe`, bytes: 98_000_000, sha256: 'ab'.repeat(32) }],
    ...edit,
  };
}

export interface UpdateServer {
  readonly source: UpdateSource;
  /** What reached the server, in order. */
  readonly requests: readonly IncomingMessage[];
  /** What it answers from now on. */
  answer: (response: ServerResponse) => void;
  stop(): Promise<void>;
}

/** A real HTTPS server on this machine that stands for the publisher's. */
export async function startUpdateServer(answer = signed(release('9.0.0'))): Promise<UpdateServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer({ cert: CERTIFICATE, key: fixture('localhost.key') }, (request, response) => {
    requests.push(request);
    running.answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const running: UpdateServer = {
    source: {
      manifest: `https://localhost:${port}/baikoo/release.json`,
      page: 'https://downloads.example/baikoo',
      key: PUBLISHER_KEY,
    },
    requests,
    answer: (response) => response.end(answer),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return running;
}
