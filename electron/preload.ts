import { contextBridge, ipcRenderer } from 'electron';
import { type Bridge, CHANNELS } from '../renderer/core/host/contract.ts';

/**
 * `window.host`: one function for each channel of the contract and no way to name another. The page's isolated world
 * never sees `ipcRenderer`.
 */
const bridge = Object.fromEntries(
  CHANNELS.map((channel) => [
    channel,
    (claim: string | null, ...params: unknown[]) => ipcRenderer.invoke(`host:${channel}`, claim, ...params),
  ]),
) as Bridge;

contextBridge.exposeInMainWorld('host', bridge);
