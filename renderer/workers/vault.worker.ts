import * as Comlink from 'comlink';
import { systemRandom } from '@/core/vault/primitives.ts';
import { createWorkspace } from '@/core/workspace/create-workspace.ts';
import { deleteCache, openCache } from '@/storage/cache-database.ts';
import type { OpenVaultWorker } from './open-workers.ts';
import { seedFiles } from './seed-files.ts';
import { prepareWire } from './wire.ts';

/** The vault's worker: a proxy of the workspace, no logic of its own. */
prepareWire();
const open: OpenVaultWorker = (host, exportWriter) =>
  Comlink.proxy(
    createWorkspace({
      host,
      openCache,
      deleteCache,
      clock: { now: () => Date.now() },
      random: systemRandom,
      seeds: seedFiles,
      exportWriter,
    }),
  );
Comlink.expose(open);
