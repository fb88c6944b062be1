import * as Comlink from 'comlink';
import type { Host } from '@/core/host/host.ts';
import type { ExportWriter } from '@/core/workspace/exports.ts';
import type { Workspace } from '@/core/workspace.ts';
import JobsWorker from './jobs.worker.ts?worker';
import VaultWorker from './vault.worker.ts?worker';
import { type OpenVaultWorker, prepareWire } from './wire.ts';

/**
 * Starts both workers and connects them: one for the vault and its search, one for heavy jobs, which talk to each
 * other directly. The proxy that comes back has the shape of a workspace, each call going to the vault's worker.
 */
export async function openWorkers(host: Host): Promise<Workspace> {
  prepareWire();
  const jobs = Comlink.wrap<ExportWriter>(new JobsWorker());
  const toJobs = await jobs[Comlink.createEndpoint]();
  const open = Comlink.wrap<OpenVaultWorker>(new VaultWorker());
  const workspace = await open(Comlink.proxy(host) as never, Comlink.transfer(toJobs, [toJobs]));
  return withStableDoors(workspace as unknown as Workspace);
}

/** Comlink makes a new proxy at every access; a door that changes its identity would make effects ask without end. */
function withStableDoors(remote: Workspace): Workspace {
  return {
    vault: remote.vault,
    reference: remote.reference,
    corrections: remote.corrections,
    observations: remote.observations,
    drafts: remote.drafts,
    views: remote.views,
    organisation: remote.organisation,
    exports: remote.exports,
    updates: remote.updates,
    team: remote.team,
    sync: remote.sync,
    conflicts: remote.conflicts,
    safety: remote.safety,
    incoming: remote.incoming,
    restore: remote.restore,
    space: remote.space,
    subscribe: (listener) => remote.subscribe(listener),
    about: () => remote.about(),
    showFolder: () => remote.showFolder(),
  };
}
