import * as Comlink from 'comlink';
import { systemRandom } from '@/core/vault/primitives.ts';
import { createWorkspace } from '@/core/workspace/create-workspace.ts';
import type { ExportWriter } from '@/core/workspace/exports.ts';
import { deleteCache, openCache } from '@/storage/cache-database.ts';
import { openTarget } from './open-target.ts';
import { seedFiles } from './seed-files.ts';
import { type OpenVaultWorker, prepareWire } from './wire.ts';

/** The vault's worker: a proxy of the workspace, no logic of its own. */
prepareWire();
const open: OpenVaultWorker = (host, toJobs) =>
  Comlink.proxy(
    createWorkspace({
      host,
      openCache,
      deleteCache,
      clock: { now: () => Date.now() },
      random: systemRandom,
      seeds: seedFiles,
      exportWriter: Comlink.wrap<ExportWriter>(toJobs) as unknown as ExportWriter,
      openTarget,
    }),
  );
Comlink.expose(open);
