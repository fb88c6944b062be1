import { refusing } from './refusing.ts';

type Listener = (event: object, ...args: unknown[]) => unknown;

const listeners = new Map<string, Listener>();

export const ipcMain = refusing('ipcMain', {
  handle(channel: string, listener: Listener): void {
    if (listeners.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    listeners.set(channel, listener);
  },
});

/** Not of Electron: the channels with a handler. */
export const handledChannels = (): string[] => [...listeners.keys()].sort();

/**
 * Not of Electron: a message as it arrives from a renderer. `args` and the result are cloned, as on the way through
 * Electron's IPC; a rejection keeps its message only.
 */
export async function deliver(channel: string, event: object, args: readonly unknown[]): Promise<unknown> {
  const listener = listeners.get(channel);
  if (listener === undefined) throw new Error(`No handler registered for '${channel}'`);
  const cloned = structuredClone(args) as unknown[];
  return structuredClone(await listener(refusing('event', event), ...cloned));
}
