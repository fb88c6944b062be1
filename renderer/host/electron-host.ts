import { fromWire } from '@/core/base/coded-error.ts';
import type { Bridge, Host } from '@/core/host/contract.ts';
import { remoteHost } from './remote-host.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in page mode. */
    readonly host?: Bridge;
  }
}

/** The port over the preload's bridge. */
export function electronHost(bridge: Bridge): Host {
  return remoteHost(async (channel, claim, params) => {
    const answer = await bridge[channel](claim, ...params);
    if (!answer.ok) throw fromWire(answer.error);
    return answer.value;
  }).host;
}
