import * as Comlink from 'comlink';
import type { Host } from '@/core/host/host.ts';
import { systemRandom } from '@/core/vault/primitives.ts';
import { createWorkspace } from '@/core/workspace/create-workspace.ts';
import { deleteCache, openCache } from '@/storage/cache-database.ts';
import { seedFiles } from './seed-files.ts';
import { prepareWire } from './wire.ts';

/** The vault's worker: a proxy of the workspace, no logic of its own. The window hands over its host once. */
prepareWire();
Comlink.expose((host: Comlink.Remote<Host>) =>
  Comlink.proxy(
    createWorkspace({
      host: host as unknown as Host,
      openCache,
      deleteCache,
      clock: { now: () => Date.now() },
      random: systemRandom,
      seeds: seedFiles,
    }),
  ),
);
