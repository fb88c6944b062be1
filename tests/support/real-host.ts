import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@/core/base/coded-error.ts';
import type { Channel, Host } from '@/core/host/contract.ts';
import { remoteHost } from '@/host/remote-host.ts';
import type { Disk } from '../../electron/disk.ts';
import { openDriver, WINDOW } from '../electron/scratch.ts';

export interface RealHost {
  readonly host: Host;
  close(): Promise<void>;
}

/** The port with the real handlers behind the real dispatch, on a vault's folder of its own. */
export async function openRealHost(exchangeDisk?: Disk): Promise<RealHost> {
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-host-'));
  const driver = await openDriver(join(scratch, 'home'), undefined, undefined, exchangeDisk);
  driver.claims.clear();
  const { host } = remoteHost(async (channel: Channel, claim, params) => {
    const answer = await driver.dispatch({ channel, claim, params });
    if (answer.ok) return answer.value;
    throw new CodedError(answer.error.code, answer.error.message, answer.error.detail);
  });
  await host.system.claim(WINDOW);
  return {
    host,
    async close() {
      await host.system.release(WINDOW);
      await driver.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
