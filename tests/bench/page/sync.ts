import PouchDB from 'pouchdb-browser';
import type { Observations } from '@/core/workspace/observations.ts';
import type { Workspace } from '@/core/workspace.ts';
import { chooseHost } from '@/host/choose-host.ts';
import { openWorkers } from '@/workers/open-workers.ts';
import { ALL } from './baikoo.ts';
import type { PlainRecord } from './contestant.ts';
import { records } from './records.ts';

/** One device of the product, driven from outside. */
export interface Desk {
  readonly workspace: Workspace;
  fill(count: number): Promise<void>;
  /** Edits the title of one observation. */
  edit(): Promise<void>;
  /** Milliseconds and outcome of a round. */
  round(
    target: string,
  ): Promise<{ readonly took: number; readonly bytes: number; readonly failure: string | null }>;
}

/** Milliseconds that replicating took: everything to an empty database, then one edited record. */
export interface PouchTimes {
  readonly all: number;
  readonly edit: number;
}

declare global {
  interface Window {
    desk?: Desk;
    openDesk?(passphrase: string): Promise<void>;
    replicatePouch?(count: number): Promise<PouchTimes>;
  }
}

window.openDesk = async (passphrase) => {
  const workspace: Workspace = await openWorkers(chooseHost(window));
  await workspace.vault.unlock({ passphrase }, () => undefined);
  window.desk = {
    workspace,
    async fill(count) {
      const { addAll } = workspace.observations as unknown as Pick<Observations, 'addAll'>;
      await addAll(
        records(count).map(({ id: _, ...observation }) => observation),
        () => undefined,
      );
    },
    async edit() {
      const [row] = await workspace.observations
        .query('sync', { ...ALL, sort: { by: 'updated', descending: false } })
        .then(({ key }) => workspace.observations.page(key, 0, 1));
      if (row === undefined) throw new Error('There is nothing to edit.');
      const { observation, seen } = await workspace.observations.open(row.id);
      const title = { ...observation.title, text: `${observation.title.text}, толукталды` };
      await workspace.observations.save({
        id: row.id,
        base: observation,
        seen,
        observation: { ...observation, title },
        draft: null,
      });
    },
    async round(target) {
      const before = performance.now();
      const { error, sentBytes, receivedBytes } = await workspace.sync.run(target);
      return {
        took: performance.now() - before,
        bytes: sentBytes + receivedBytes,
        failure: error === null ? null : JSON.stringify(error),
      };
    },
  };
};

window.replicatePouch = async (count) => {
  const from = new PouchDB<PlainRecord>('sync-from', { auto_compaction: true });
  const to = new PouchDB<PlainRecord>('sync-to', { auto_compaction: true });
  const all = records(count).map((record) => ({ ...structuredClone(record), _id: record.id }));
  for (let at = 0; at < all.length; at += 200) await from.bulkDocs(all.slice(at, at + 200));
  const replicate = async (expected: number): Promise<number> => {
    const before = performance.now();
    const { docs_written } = await PouchDB.replicate(from as PouchDB<unknown>, to as PouchDB<unknown>);
    if (docs_written !== expected) throw new Error(`PouchDB wrote ${docs_written} of ${expected} documents.`);
    return performance.now() - before;
  };
  const took = await replicate(count);
  const first = await from.get(all[0]?._id ?? '');
  await from.put({ ...first, title: { ...first.title, text: `${first.title.text}, толукталды` } });
  return { all: took, edit: await replicate(1) };
};
