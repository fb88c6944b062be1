import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { newId } from '@/core/base/ids.ts';
import { deriveArgon2, FLOOR_PARAMS } from '@/core/vault/argon2.ts';
import { newDevice, sealDevice } from '@/core/vault/device.ts';
import { deriveSealers } from '@/core/vault/envelope.ts';
import { serialiseHeader } from '@/core/vault/header.ts';
import { systemRandom } from '@/core/vault/primitives.ts';
import { createHeader } from '@/core/vault/slots.ts';
import { type PageProcess, startPageProcess } from '../electron/page-process.ts';
import { launchProfile } from './browser.ts';
import { built, SERVE_PROGRAM } from './built.ts';
import { PASSPHRASE } from './vault.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The app without its interface, as a server process and a Chromium that can both be killed: what a crash test
 * needs hundreds of. `program` is page mode's own server beside a renderer that only opens the workers.
 */
export const buildBareApp = (): ReturnType<typeof buildPage> => buildPage('tests/e2e/bare');

/** Page mode's own server beside a page of the tests, given by its folder, built as the product is. */
export async function buildPage(folderOfPage: string): Promise<{ program: string; remove(): Promise<void> }> {
  await built();
  const folder = await mkdtemp(join(tmpdir(), 'baikoo-bare-'));
  await mkdir(join(folder, 'dist', 'electron'), { recursive: true });
  await cp(SERVE_PROGRAM, join(folder, 'dist', 'electron', 'serve.mjs'));
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  await build({
    configFile: join(root, 'build', 'vite.config.ts'),
    root: join(root, folderOfPage),
    logLevel: 'warn',
    build: { outDir: join(folder, 'dist', 'renderer'), emptyOutDir: true },
  });
  return {
    program: join(folder, 'dist', 'electron', 'serve.mjs'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The recovery words of the vault that `writeQuickVault` writes. */
export const QUICK_VAULT_WORDS: readonly string[] = Array(12).fill('абажур');

/** A vault whose passphrase is stretched as little as a header may ask for, so that unlocking takes no second. */
export async function writeQuickVault(home: string, { demo } = { demo: false }): Promise<void> {
  const vaultId = newId(systemRandom);
  const { header, vaultKeyBytes } = await createHeader(
    { vaultId, demo, passphrase: PASSPHRASE, params: FLOOR_PARAMS, words: QUICK_VAULT_WORDS },
    deriveArgon2,
    systemRandom,
  );
  const sealers = await deriveSealers(vaultKeyBytes);
  const device = await newDevice({ name: 'Айгүл', idleMinutes: 120 }, systemRandom);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'device.bkv'), await sealDevice(device, sealers.device, vaultId));
  await writeFile(join(home, 'header.bkv'), serialiseHeader(header));
}

export interface BareApp {
  readonly page: Page;
  /** Both processes at once, without a goodbye. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the app on the folders given. `onAcknowledged` hears what the page's script says is on the disk. */
export async function openBareApp(options: {
  readonly program: string;
  readonly home: string;
  readonly profile: string;
  readonly onAcknowledged?: (what: string) => void;
}): Promise<BareApp> {
  const { program, home, profile, onAcknowledged = () => undefined } = options;
  // The cache belongs to an origin, so a vault keeps its port, as the product does.
  const server: PageProcess = await startPageProcess({
    home,
    exports: join(home, '..', 'exports'),
    port: await portOf(home),
    program,
  });
  const context: BrowserContext = await launchProfile(profile);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.exposeFunction('acknowledge', onAcknowledged);
  await page.goto(server.url);
  await page.waitForFunction(() => window.workspace !== undefined);
  return {
    page,
    async kill() {
      const gone = server.kill();
      // Playwright knows no pid of a persistent context; its profile folder names it.
      spawnSync('pkill', ['-9', '-f', profile]);
      await gone;
      await context.close().catch(() => undefined);
    },
    async stop() {
      await context.close();
      await server.end();
    },
  };
}

const ports = new Map<string, number>();

async function portOf(home: string): Promise<number> {
  let port = ports.get(home);
  if (port === undefined) {
    port = 20_000 + (process.pid % 10_000) + ports.size;
    ports.set(home, port);
  }
  return port;
}
