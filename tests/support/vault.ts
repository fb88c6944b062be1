import { readdirSync, readFileSync } from 'node:fs';
import { utf8 } from '@/core/base/bytes.ts';
import type { Clock } from '@/core/base/clock.ts';
import { CodedError } from '@/core/base/coded-error.ts';
import { exportObservations } from '@/core/exchange/export.ts';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import type { DeriveKey } from '@/core/vault/argon2.ts';
import { sha256, systemRandom } from '@/core/vault/primitives.ts';
import { createWorkspace, type WorkspacePorts } from '@/core/workspace/create-workspace.ts';
import type { ExportWriter } from '@/core/workspace/exports.ts';
import type { SeedFiles } from '@/core/workspace/reference-data.ts';
import type { ObservationQuery, Workspace } from '@/core/workspace.ts';
import { NO_FILTERS } from '@/ui/observations/filters.ts';
import { MemoryCache } from './memory-cache.ts';
import { type MemoryHost, memoryHost } from './memory-host.ts';
import { MemoryPlace } from './memory-target.ts';

/** Whole workspaces without a window: the product's own, over a disk and a cache in memory. */

export const PASSPHRASE = 'тоо суу жол бак күн түн';

export const seedFiles: SeedFiles = Object.fromEntries(
  readdirSync('seeds', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(`seeds/${path}`, 'utf8')]),
);

/** Not a password hash: a stand-in that derives in microseconds, so that tests can unlock a thousand times. */
export const quickDerive: DeriveKey = async (secret, salt) =>
  sha256(utf8(`${Array.from(secret).join()}|${Array.from(salt).join()}`));

/** The export as the worker for heavy jobs runs it, in this thread. */
const exportWriter: ExportWriter = {
  write: (choice, about, reference, pull, onProgress) =>
    exportObservations(choice, about, reference, pull, onProgress, new AbortController().signal),
  cancel: async () => undefined,
};

export interface Laptop {
  readonly host: MemoryHost;
  readonly cache: MemoryCache;
  readonly clock: { time: number } & Clock;
  /** What a target's folder path leads to; laptops that are given the same map meet there. */
  readonly places: Map<string, MemoryPlace>;
  /** A fresh program on the same disk, as after a restart; with other seeds, a newer program. */
  start(seeds?: SeedFiles): Workspace;
}

/** The places of `places` as targets of the kind folder; any other path is a stick that is not there. */
export const openPlace =
  (places: ReadonlyMap<string, MemoryPlace>): WorkspacePorts['openTarget'] =>
  async (settings) => {
    const place = settings.kind === 'folder' ? places.get(settings.path) : undefined;
    if (place === undefined) throw new CodedError('target/unreachable', 'There is no such place.');
    return place.open();
  };

export function laptop(
  host = memoryHost(),
  cache = new MemoryCache(),
  places = new Map([['/stick', new MemoryPlace()]]),
): Laptop {
  const clock = {
    time: Date.UTC(2021, 3, 12, 8),
    now() {
      return this.time;
    },
  };
  return {
    host,
    cache,
    clock,
    places,
    start: (seeds = seedFiles) =>
      createWorkspace({
        host,
        openCache: () => cache,
        deleteCache: () => cache.clear(),
        clock,
        random: systemRandom,
        seeds,
        derive: quickDerive,
        exportWriter,
        openTarget: openPlace(places),
      }),
  };
}

export const silent = (): void => undefined;

/** A vault that is open, and its twelve words. */
export async function openNewVault(machine: Laptop): Promise<{ workspace: Workspace; words: string }> {
  const workspace = machine.start();
  const made = await workspace.vault.create(
    { passphrase: PASSPHRASE, name: 'Айгүл', locale: 'ky', demo: false },
    silent,
  );
  return { workspace, words: made.recoveryWords.join(' ') };
}

export function observation(edit: Partial<Observation> = {}): Observation {
  return { ...emptyObservation('ky'), ...edit };
}

export function titled(title: string, narrative = ''): Observation {
  return observation({ title: { text: title, lang: 'ky' }, narrative: { text: narrative, lang: 'ky' } });
}

export async function saveNew(workspace: Workspace, what: Observation): Promise<string> {
  const { id } = await workspace.observations.save({
    id: null,
    base: null,
    seen: {},
    observation: what,
    draft: null,
  });
  return id;
}

export function query(edit: Partial<ObservationQuery> = {}): ObservationQuery {
  return {
    ...NO_FILTERS,
    text: '',
    sort: { by: 'updated', descending: true },
    locale: 'ky',
    ...edit,
  };
}

/** Titles a query finds, in order. */
export async function titles(workspace: Workspace, edit: Partial<ObservationQuery> = {}): Promise<string[]> {
  const { key, total } = await workspace.observations.query('test', query(edit));
  return (await workspace.observations.page(key, 0, total)).map((row) => row.title);
}
