import * as Comlink from 'comlink';
import { exportObservations } from '@/core/exchange/export.ts';
import type { ExportWriter } from '@/core/workspace/exports.ts';
import { prepareWire } from './wire.ts';

/** The worker for heavy jobs: a proxy of the export, so that saving and searching go on meanwhile. */
prepareWire();
let running: AbortController | null = null;
const writer: ExportWriter = {
  async write(choice, about, reference, pull, onProgress) {
    running = new AbortController();
    const bytes = await exportObservations(choice, about, reference, pull, onProgress, running.signal);
    return Comlink.transfer(bytes, [bytes.buffer]);
  },
  async cancel() {
    running?.abort();
  },
};
Comlink.expose(writer);
