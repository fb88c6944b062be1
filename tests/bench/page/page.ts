import './sync.ts';
import { baikoo } from './baikoo.ts';
import type { Contestant, PlainRecord } from './contestant.ts';
import { pouch } from './pouch.ts';
import { records } from './records.ts';
import { rx } from './rx.ts';

export const STEPS = ['save', 'open', 'search', 'export'] as const;
export type Step = (typeof STEPS)[number];
export type Times = Record<Step, number>;

const QUERIES = ['узбек', 'макулдук', 'вымышлен', 'qizlar', 'мектеп', 'uydan', 'согласия', 'maktab директор'];

declare global {
  interface Window {
    /** Runs one contestant once; milliseconds by step. Each run has a page and a profile of its own. */
    bench?(name: string, count: number, passphrase: string): Promise<Times>;
  }
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await task();
  return performance.now() - before;
}

window.bench = async (name, count, passphrase) => {
  const all: PlainRecord[] = records(count);
  const contestant: Contestant =
    name === 'baikoo' ? await baikoo(passphrase) : name === 'pouchdb' ? pouch() : await rx();
  const save = await timed(() => contestant.save(all));
  await contestant.close();
  const open = await timed(() => contestant.open());
  const search = await timed(async () => {
    for (const query of QUERIES) await contestant.search(query);
  });
  const exported = await timed(() => contestant.export());
  return { save, open, search: search / QUERIES.length, export: exported };
};
