import { fromWire } from '@/core/base/coded-error.ts';
import { systemRandom } from '@/core/vault/primitives.ts';
import { createWorkspace } from '@/core/workspace/create-workspace.ts';
import type { Workspace } from '@/core/workspace.ts';
import { remoteHost } from '@/host/remote-host.ts';
import { openLocalHost } from '../../electron/local-host.ts';
import { PASSPHRASE } from './app.ts';
import { MemoryCache } from './memory-cache.ts';
import { openPlace, seedFiles, silent } from './vault.ts';

/**
 * Makes a vault in a real folder with the product's own workspace, lets `write` fill it, and locks it: a vault that
 * another day's work has left, for a test to open in the app. Its passphrase is that of `startApp`. `machineFolder` keeps
 * the mark of the machine that this happens on; without it the vault knows of none.
 */
export function fillVault(
  home: string,
  write: (workspace: Workspace) => Promise<void>,
  { name = 'Aigul', machineFolder }: { readonly name?: string; readonly machineFolder?: string } = {},
): Promise<void> {
  return withWorkspace(home, machineFolder, async (workspace) => {
    await workspace.vault.create({ passphrase: PASSPHRASE, name, locale: 'en', demo: false }, silent);
    await write(workspace);
  });
}

/** Opens a vault that an app has left, by its journal alone, and resolves with what `read` finds in it. */
export function readVault<T>(home: string, read: (workspace: Workspace) => Promise<T>): Promise<T> {
  return withWorkspace(home, undefined, async (workspace) => {
    await workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
    return read(workspace);
  });
}

async function withWorkspace<T>(
  home: string,
  machineFolder: string | undefined,
  use: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const local = await openLocalHost({
    home,
    saveAs: async () => null,
    about: { mode: 'page', version: '0' },
    ...(machineFolder !== undefined && { machineFolder }),
  });
  const { host, claim } = remoteHost(async (channel, held, params) => {
    const answer = await local.dispatch({ channel, claim: held, params });
    if (answer.ok) return answer.value;
    throw fromWire(answer.error);
  });
  const cache = new MemoryCache();
  const workspace = createWorkspace({
    host,
    openCache: () => cache,
    deleteCache: () => cache.clear(),
    clock: { now: () => Date.now() },
    random: systemRandom,
    seeds: seedFiles,
    exportWriter: {
      write: async () => {
        throw new Error('Nothing is exported outside of the app.');
      },
      cancel: async () => undefined,
    },
    openTarget: openPlace(new Map()),
  });
  try {
    const result = await use(workspace);
    await workspace.vault.lock();
    return result;
  } finally {
    // Ends its signs of life, which would keep the process up.
    const held = claim();
    if (held !== null) await host.system.release(held);
    await local.close();
  }
}
