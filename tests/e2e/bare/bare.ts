import type { Workspace } from '@/core/workspace.ts';
import { chooseHost } from '@/host/choose-host.ts';
import { openWorkers } from '@/workers/open-workers.ts';

/** The app without its interface: the product's own host, workers and workspace, for tests that drive thousands of saves. */
declare global {
  interface Window {
    workspace?: Workspace;
    /** Tells the test that something is on the disk. */
    acknowledge?(what: string): Promise<void>;
  }
}

window.workspace = await openWorkers(chooseHost(window));
