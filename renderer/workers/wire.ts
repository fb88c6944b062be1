import * as Comlink from 'comlink';
import { fromWire, toWire, type WireError } from '@/core/base/coded-error.ts';
import type { Host } from '@/core/host/host.ts';
import type { Workspace } from '@/core/workspace.ts';

/** What the vault's worker offers once: a workspace over the window's host and a line to the jobs worker. */
export type OpenVaultWorker = (host: Host, toJobs: MessagePort) => Workspace;

/**
 * What crosses between window and workers besides plain data: functions become proxies, and a `CodedError`
 * arrives as one, with its code and detail. Call once on each side before anything else.
 */
export function prepareWire(): void {
  const proxies = Comlink.transferHandlers.get('proxy');
  if (proxies === undefined) throw new Error('Comlink has no proxy handler.');
  Comlink.transferHandlers.set('function', {
    canHandle: (value): value is () => unknown => typeof value === 'function',
    serialize: (value) => proxies.serialize(Comlink.proxy(value as () => unknown)),
    deserialize: proxies.deserialize as never,
  });
  const isThrown = Comlink.transferHandlers.get('throw')?.canHandle;
  if (isThrown === undefined) throw new Error('Comlink has no throw handler.');
  Comlink.transferHandlers.set('throw', {
    canHandle: isThrown as (value: unknown) => value is { value: unknown },
    serialize: ({ value }: { value: unknown }) => [toWire(value), []],
    deserialize: (wire: WireError): never => {
      throw fromWire(wire);
    },
  });
}
