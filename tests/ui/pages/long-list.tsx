import * as Comlink from 'comlink';
import { createRoot } from 'react-dom/client';
import type { Reference, Workspace } from '@/core/workspace.ts';
import { Look } from '@/ui/app/app.tsx';
import { AppFrame } from '@/ui/app/app-frame.tsx';
import { NoticesProvider } from '@/ui/app/notices.tsx';
import { ReferenceProvider } from '@/ui/app/reference.tsx';
import { SearchProvider } from '@/ui/app/search-text.tsx';
import { WorkspaceProvider } from '@/ui/app/workspace.tsx';
import { ExchangeProvider } from '@/ui/exchange/exchange-state.tsx';
import { ToastProvider } from '@/ui/kit/toasts.tsx';
import { ListMemoryProvider } from '@/ui/observations/list-memory.tsx';
import { ObservationsPage } from '@/ui/observations/observations-page.tsx';
import type { LongList } from './long-list.worker.ts';

/**
 * The product's list in its frame, over 100,000 rows that lie in a real worker. What the list does not ask for stays
 * unanswered. The vault is left out: making one of that size would take longer than all other tests.
 */

const worker = new Worker(new URL('./long-list.worker.ts', import.meta.url), { type: 'module' });
const list = Comlink.wrap<LongList>(worker);

const reference: Reference = {
  catalogue: {
    format: 'baikoo-catalogue',
    version: 1,
    code: 'KGZ-2020',
    source: {
      title: { en: 'Letter', ru: 'Письмо', ky: 'Кат', 'uz-Latn': 'Xat', 'uz-Cyrl': 'Хат' },
      date: '2020-12-04',
      lang: 'en',
    },
    areas: [],
    translations: {},
  },
  places: [],
  vocabularies: {},
  forms: [],
  members: {},
};

const silent = <T extends object>(answers: Partial<T> = {}): T =>
  new Proxy(answers, {
    get: (target, name) => Reflect.get(target, name) ?? (() => new Promise(() => undefined)),
  }) as T;

const workspace = silent<Workspace>({
  vault: silent<Workspace['vault']>(),
  reference: silent<Workspace['reference']>({ all: async () => reference }),
  observations: silent<Workspace['observations']>({
    query: (slot, query) => list.query(slot, query),
    page: (key, from, count) => list.page(key, from, count),
    ids: (key) => list.ids(key),
  }),
  drafts: silent<Workspace['drafts']>(),
  views: silent<Workspace['views']>(),
  team: silent<Workspace['team']>(),
  sync: silent<Workspace['sync']>(),
  conflicts: silent<Workspace['conflicts']>(),
  subscribe: async () => () => undefined,
});

function Page() {
  return (
    <Look locale="ru" onLocaleChange={() => undefined} scheme="light" onSchemeChange={() => undefined}>
      <WorkspaceProvider workspace={workspace}>
        <NoticesProvider>
          <SearchProvider>
            <ToastProvider>
              <ExchangeProvider>
                <AppFrame demo={false}>
                  <ReferenceProvider>
                    <ListMemoryProvider>
                      <ObservationsPage />
                    </ListMemoryProvider>
                  </ReferenceProvider>
                </AppFrame>
              </ExchangeProvider>
            </ToastProvider>
          </SearchProvider>
        </NoticesProvider>
      </WorkspaceProvider>
    </Look>
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Page />);
