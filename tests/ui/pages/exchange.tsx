import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { utf8 } from '@/core/base/bytes.ts';
import { isLocale, type Locale } from '@/core/base/locales.ts';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import { sha256, systemRandom } from '@/core/vault/primitives.ts';
import { createWorkspace } from '@/core/workspace/create-workspace.ts';
import type { Space, Workspace, WorkspaceEvent } from '@/core/workspace.ts';
import { App } from '@/ui/app/app.tsx';
import { seedFiles } from '@/workers/seed-files.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { memoryHost } from '../../support/memory-host.ts';
import { type Fakes, fakeDoors } from './fake-doors.ts';

/**
 * The whole app over the product's own workspace, on a disk in memory, with three observations in it; only the doors
 * to team, exchange, conflicts and incoming files are fakes (`window.fake`). `?locale=` chooses the language, `?scheme=` the colours.
 */
declare global {
  interface Window {
    fake: Fakes;
    /** The three observations, in the order they were written. */
    written: readonly string[];
    /** The ids of what conflicts may be about besides observations: the saved views, and who works here. */
    named(): Promise<{ readonly views: readonly string[]; readonly member: string }>;
    /** The drive under the disk in memory has this much room from now on, and the workspace has looked. */
    setSpace(level: Space['level']): Promise<void>;
    /** An edit of a record that somebody else made has come in. */
    arrived(record: string): void;
    draftsOnDisk(): number;
  }
}

const wanted = new URLSearchParams(window.location.search);
const first = wanted.get('locale') ?? 'en';
const locale: Locale = isLocale(first) ? first : 'en';

const host = memoryHost();
const cache = new MemoryCache();
const real = createWorkspace({
  host,
  openCache: () => cache,
  deleteCache: () => cache.clear(),
  clock: { now: () => Date.now() },
  random: systemRandom,
  seeds: seedFiles,
  derive: async (secret, salt) => sha256(utf8(`${Array.from(secret).join()}|${Array.from(salt).join()}`)),
  openTarget: async () => {
    throw new Error('The fakes of this page open no target.');
  },
  exportWriter: {
    write: async () => {
      throw new Error('Nothing is exported here.');
    },
    cancel: async () => undefined,
  },
});

const listeners = new Set<(event: WorkspaceEvent) => void>();
const emit = (event: WorkspaceEvent) => {
  for (const listener of listeners) listener(event);
};
const { fakes, doors } = fakeDoors(emit);
window.fake = fakes;
window.arrived = (record) => emit({ event: 'changed', records: [record], reference: false });
window.draftsOnDisk = () => [...host.disk.files.keys()].filter((name) => name.startsWith('drafts/')).length;
window.named = async () => ({
  views: (await real.views.list()).map(({ id }) => id),
  member: (await real.vault.profile()).member,
});
window.setSpace = async (level) => {
  host.disk.space = { freeBytes: level === 'enough' ? null : 1_500_000, level };
  await real.space.look();
};

/** A door with some answers of its own before the real ones. */
function over<T extends object>(door: T, answers: Partial<T>): T {
  return new Proxy(door, {
    get(target, name) {
      const own = Reflect.get(answers, name);
      const value = own ?? Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const ofRecord = (id: string) => fakes.state.conflicts.filter(({ record }) => record === id);
/** Over the open vault: a locked one has no doors but its own. */
const faked = (): Workspace =>
  over<Workspace>(real, {
    ...doors,
    reference: over(real.reference, {
      all: async () => {
        const reference = await real.reference.all();
        return { ...reference, members: { ...reference.members, m2: 'Бакыт', m3: 'Dilnoza' } };
      },
    }),
    observations: over(real.observations, {
      open: async (id) => ({ ...(await real.observations.open(id)), conflicts: ofRecord(id) }),
      page: async (key, from, count) =>
        (await real.observations.page(key, from, count)).map((row) => ({
          ...row,
          conflicts: ofRecord(row.id).length,
        })),
    }),
    subscribe: async (listener) => {
      listeners.add(listener);
      const stop = await real.subscribe(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
  });

const written = async (edit: Partial<Observation>): Promise<string> => {
  const { id } = await real.observations.save({
    id: null,
    base: null,
    seen: {},
    observation: { ...emptyObservation('ru'), ...edit },
    draft: null,
  });
  return id;
};
const ru = (text: string) => ({ text, lang: 'ru' as const });

async function start(): Promise<void> {
  await real.vault.create(
    { passphrase: 'тоо суу жол бак күн түн', name: 'Айгүл', locale: 'ky', demo: false },
    () => undefined,
  );
  window.written = [
    await written({
      title: ru('Снос дома на улице Шопокова'),
      narrative: ru(
        'Утром приехала техника. Семье дали два часа, чтобы вынести вещи. Решения суда не показали.',
      ),
      date: '2026-02-17',
      links: { 'KGZ-2020-D1.2.c': { direction: 'regression', comment: '' } },
    }),
    await written({
      title: ru('Выселение семьи с детьми'),
      narrative: ru(
        'В середине февраля снесли дом, где жили трое детей. Судебного решения соседи не видели.',
      ),
      date: '2026-02-17',
    }),
    await written({
      title: ru('Собрание в школе'),
      narrative: ru('Учителей не хватает.'),
      date: '2026-01-20',
    }),
  ];
  const root = document.getElementById('root');
  if (root !== null) createRoot(root).render(<Page workspace={faked()} />);
}

function Page({ workspace }: { readonly workspace: Workspace }) {
  const [language, setLanguage] = useState(locale);
  return (
    <App
      workspace={workspace}
      locale={language}
      onLocaleChange={setLanguage}
      scheme={wanted.get('scheme') === 'dark' ? 'dark' : 'light'}
      onSchemeChange={() => undefined}
    />
  );
}

void start();
