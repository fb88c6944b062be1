import type MiniSearch from 'minisearch';
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { Contestant, PlainRecord } from './contestant.ts';
import { found, searchOver, workbookOf } from './plain.ts';

const BATCH = 200;
const any = { type: ['object', 'array', 'string', 'number', 'boolean', 'null'] };

/** RxDB 17 over its Dexie storage, in the clear; MiniSearch and exceljs for what it lacks. */
export async function rx(): Promise<Contestant> {
  let database: RxDatabase<{ observations: RxCollection<PlainRecord> }>;
  let index: MiniSearch;
  const open = async (): Promise<void> => {
    database = await createRxDatabase({
      name: 'bench-rx',
      storage: getRxStorageDexie(),
      multiInstance: false,
    });
    await database.addCollections({
      observations: {
        schema: {
          version: 0,
          primaryKey: 'id',
          type: 'object',
          properties: { id: { type: 'string', maxLength: 40 }, ...PROPERTIES } as never,
        },
      },
    });
  };
  const all = async (): Promise<PlainRecord[]> =>
    (await database.observations.find().exec()).map((found) => found.toJSON() as unknown as PlainRecord);
  await open();
  return {
    async save(records) {
      for (let at = 0; at < records.length; at += BATCH) {
        const { error } = await database.observations.bulkInsert(records.slice(at, at + BATCH) as never);
        if (error.length > 0) throw new Error(`RxDB refused ${error.length} records.`);
      }
    },
    async close() {
      await database.close();
    },
    async open() {
      await open();
      index = searchOver(await all());
    },
    async search(text) {
      const ids = found(index, text);
      await database.observations.findByIds(ids.slice(0, 50)).exec();
      return ids.length;
    },
    export: async () => workbookOf(await all()),
  };
}

/** Its schema wants every member named; nothing is validated, as in its fastest set-up. */
const PROPERTIES = Object.fromEntries(
  [
    'kind',
    'date',
    'place',
    'village',
    'placeNote',
    'title',
    'narrative',
    'sourceType',
    'source',
    'sourceConnection',
    'reliability',
    'consent',
    'consentPurpose',
    'consentAudience',
    'consentLang',
    'consentDate',
    'consentWithdrawnOn',
    'sensitivity',
    'status',
    'reviewNote',
    'indicatorDefinition',
    'indicatorValue',
    'indicatorUnit',
    'themes',
    'people',
    'names',
    'tags',
    'links',
    'answers',
    'translations',
  ].map((name) => [name, any]),
);
