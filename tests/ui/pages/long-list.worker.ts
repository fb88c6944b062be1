import * as Comlink from 'comlink';
import { DIRECTIONS, KINDS, SENSITIVITIES, STATUSES } from '@/core/model/observation.ts';
import { PlaceTree, SortKeys, select } from '@/core/workspace/query.ts';
import type { Row } from '@/core/workspace/row.ts';
import type { ObservationsDoor } from '@/core/workspace.ts';

/** 100,000 rows in a worker of their own, asked and put in order by the product's own `select`. */

const COUNT = 100_000;
const at = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;

/** Day `i` of 250 years or so: every row has a day of its own, so that its place in the order is known. */
const dayOf = (i: number): string => new Date(Date.UTC(1800, 0, 1 + i)).toISOString().slice(0, 10);

const rows: readonly Row[] = Array.from({ length: COUNT }, (_, i) => {
  const day = dayOf(i);
  return {
    n: i,
    id: `record-${i}`,
    // One in nine is longer than a line, one in nine has no title: rows differ in height.
    title: i % 9 === 0 ? `№${i} ${'об изъятии земли у жителей села '.repeat(6)}` : `№${i} из ста тысяч`,
    lang: 'ru',
    kind: at(KINDS, i),
    date: day,
    from: day,
    to: day,
    place: null,
    placeLabel: at(['Ош', 'Каракол', 'Джалал-Абад'], i),
    village: '',
    themes: [],
    links: [['KGZ-2020-L.1.a', at(DIRECTIONS, i)]],
    tags: i % 5 === 0 ? ['земля', 'суд'] : [],
    translated: false,
    status: at(STATUSES, i),
    sensitivity: at(SENSITIVITIES, i),
    author: 'a',
    createdAt: `${day}T08:00:00.000Z`,
    updatedAt: `${day}T08:00:00.000Z`,
    conflicts: 0,
    deleted: false,
  };
});

const places = new PlaceTree([]);
const keys = new SortKeys();
let kept: readonly Row[] = [];

const door: Pick<ObservationsDoor, 'query' | 'page' | 'ids'> = {
  async query(slot, query) {
    kept = select(rows, query, null, places, keys);
    return { key: `${slot}#1`, total: kept.length, suggestion: null };
  },
  page: async (_key, from, count) => kept.slice(from, from + count).map((row) => ({ ...row, match: null })),
  ids: async () => kept.map(({ id }) => id),
};
export type LongList = typeof door;

Comlink.expose(door);
