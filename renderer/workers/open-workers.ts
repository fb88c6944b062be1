import * as Comlink from 'comlink';
import type { Host } from '@/core/host/host.ts';
import type { ExportWriter } from '@/core/workspace/exports.ts';
import type { Workspace } from '@/core/workspace.ts';
import JobsWorker from './jobs.worker.ts?worker';
import VaultWorker from './vault.worker.ts?worker';
import { prepareWire } from './wire.ts';

/** What the vault's worker offers once: a workspace over the window's host and the jobs worker's writer. */
export type OpenVaultWorker = (host: Host, exportWriter: ExportWriter) => Workspace;

/**
 * Starts both workers and connects them: one for the vault and its search, one for heavy jobs. The proxy that
 * comes back has the shape of a workspace, each call going to the vault's worker.
 */
export async function openWorkers(host: Host): Promise<Workspace> {
  prepareWire();
  const jobs = Comlink.wrap<ExportWriter>(new JobsWorker());
  const open = Comlink.wrap<OpenVaultWorker>(new VaultWorker());
  const workspace = await open(Comlink.proxy(host) as never, Comlink.proxy(jobs) as never);
  return workspace as unknown as Workspace;
}
