import type MiniSearch from 'minisearch';
import PouchDB from 'pouchdb-browser';
import type { Contestant, PlainRecord } from './contestant.ts';
import { found, searchOver, workbookOf } from './plain.ts';

const NAME = 'bench-pouch';
const BATCH = 200;

/** PouchDB 9 over IndexedDB, in the clear; MiniSearch and exceljs for what it lacks. */
export function pouch(): Contestant {
  let database = new PouchDB<PlainRecord>(NAME, { auto_compaction: true });
  let index: MiniSearch;
  const all = async (): Promise<PlainRecord[]> =>
    (await database.allDocs({ include_docs: true })).rows.flatMap((row) => (row.doc ? [row.doc] : []));
  return {
    async save(records) {
      for (let at = 0; at < records.length; at += BATCH) {
        await database.bulkDocs(
          records.slice(at, at + BATCH).map((record) => ({ ...structuredClone(record), _id: record.id })),
        );
      }
    },
    close: () => database.close(),
    async open() {
      database = new PouchDB<PlainRecord>(NAME, { auto_compaction: true });
      index = searchOver(await all());
    },
    async search(text) {
      const ids = found(index, text);
      await database.allDocs({ keys: ids.slice(0, 50), include_docs: true });
      return ids.length;
    },
    export: async () => workbookOf(await all()),
  };
}
