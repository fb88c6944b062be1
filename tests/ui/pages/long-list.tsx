import * as Comlink from 'comlink';
import { createRoot } from 'react-dom/client';
import type { Workspace } from '@/core/workspace.ts';
import { ListMemoryProvider } from '@/ui/observations/list-memory.tsx';
import { ObservationsPage } from '@/ui/observations/observations-page.tsx';
import { doorOf, Framed, NO_REFERENCE } from './framed.tsx';
import type { LongList } from './long-list.worker.ts';

/**
 * The product's list in its frame, over 100,000 rows that lie in a real worker. What the list does not ask for stays
 * unanswered. The vault is left out: making one of that size would take longer than all other tests.
 */

const worker = new Worker(new URL('./long-list.worker.ts', import.meta.url), { type: 'module' });
const list = Comlink.wrap<LongList>(worker);

const workspace = doorOf<Workspace>({
  vault: doorOf<Workspace['vault']>(),
  reference: doorOf<Workspace['reference']>({ all: async () => NO_REFERENCE }),
  observations: doorOf<Workspace['observations']>({
    query: (slot, query) => list.query(slot, query),
    page: (key, from, count) => list.page(key, from, count),
    ids: (key) => list.ids(key),
  }),
  drafts: doorOf<Workspace['drafts']>(),
  views: doorOf<Workspace['views']>(),
  team: doorOf<Workspace['team']>(),
  sync: doorOf<Workspace['sync']>(),
  conflicts: doorOf<Workspace['conflicts']>(),
  space: doorOf<Workspace['space']>(),
  incoming: doorOf<Workspace['incoming']>(),
  subscribe: async () => () => undefined,
});

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <Framed workspace={workspace} locale="ru">
      <ListMemoryProvider>
        <ObservationsPage />
      </ListMemoryProvider>
    </Framed>,
  );
}
