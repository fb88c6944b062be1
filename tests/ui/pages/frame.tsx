import { Badge, Text } from '@mantine/core';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CodedError } from '@/core/base/coded-error.ts';
import { isLocale, type Locale } from '@/core/base/locales.ts';
import type { Reference, Workspace, WorkspaceEvent } from '@/core/workspace.ts';
import { Look } from '@/ui/app/app.tsx';
import { AppFrame } from '@/ui/app/app-frame.tsx';
import { NoticesProvider } from '@/ui/app/notices.tsx';
import { ReferenceProvider, useLabels } from '@/ui/app/reference.tsx';
import { useRoute } from '@/ui/app/route.ts';
import { SearchProvider, useSearchText } from '@/ui/app/search-text.tsx';
import { useBeforeLock, WorkspaceProvider } from '@/ui/app/workspace.tsx';
import { ExchangeProvider } from '@/ui/exchange/exchange-state.tsx';
import { Busy } from '@/ui/kit/busy.tsx';
import { ConfirmButton } from '@/ui/kit/confirm-button.tsx';
import { ErrorNote } from '@/ui/kit/error-note.tsx';
import { PageHeader } from '@/ui/kit/page-header.tsx';
import { ToastProvider } from '@/ui/kit/toasts.tsx';

/**
 * The frame over a workspace that answers only what the frame asks, with a screen that shows every piece of the
 * kit. `?locale=` chooses the language, `?scheme=` the colours.
 */
declare global {
  interface Window {
    /** What the frame asked of the workspace, and what the screen did. */
    asked: string[];
    emit(event: WorkspaceEvent): void;
  }
}

const listeners = new Set<(event: WorkspaceEvent) => void>();
window.asked = [];
window.emit = (event) => {
  for (const listener of listeners) listener(event);
};

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

function door<T extends object>(name: string, answers: Partial<T>): T {
  return new Proxy(answers, {
    get: (target, method: string) => {
      const answer = (target as Record<string, unknown>)[method];
      return (...args: unknown[]) => {
        window.asked.push(`${name}.${method}`);
        if (typeof answer === 'function') return answer(...args);
        return new Promise(() => undefined);
      };
    },
  }) as T;
}

const workspace: Workspace = {
  vault: door<Workspace['vault']>('vault', {
    touch: async () => undefined,
    lock: async () => undefined,
  }),
  reference: door<Workspace['reference']>('reference', { all: async () => reference }),
  corrections: door<Workspace['corrections']>('corrections', {}),
  observations: door<Workspace['observations']>('observations', {}),
  drafts: door<Workspace['drafts']>('drafts', {}),
  views: door<Workspace['views']>('views', {}),
  organisation: door<Workspace['organisation']>('organisation', {}),
  safety: door<Workspace['safety']>('safety', {}),
  exports: door<Workspace['exports']>('exports', {}),
  team: door<Workspace['team']>('team', {}),
  sync: door<Workspace['sync']>('sync', {}),
  conflicts: door<Workspace['conflicts']>('conflicts', {}),
  updates: door<Workspace['updates']>('updates', {}),
  about: () => new Promise(() => undefined),
  subscribe: async (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function Screen() {
  const route = useRoute();
  const { text } = useSearchText();
  const labels = useLabels();
  useBeforeLock(async () => {
    window.asked.push('draft saved');
  });
  return (
    <>
      <PageHeader
        title={<span data-testid="route">{JSON.stringify(route)}</span>}
        subtitle={<span data-testid="search">{text}</span>}
        back={{ href: '#/catalogue', label: 'KGZ-2020' }}
      />
      <p>{labels.term('no-such-list', 'a-code')}</p>
      <Busy progress={{ step: 'rebuilding', done: 1_250, total: 10_000 }} onCancel={() => undefined} />
      <ErrorNote error={new CodedError('disk/full', 'The disk is full.')} onRetry={() => undefined} />
      <ConfirmButton
        question="?"
        confirmLabel="Yes"
        color="red"
        variant="light"
        onConfirm={() => window.asked.push('confirmed')}
      >
        Wipe
      </ConfirmButton>
      {COLORS.map((color) => (
        <div key={color}>
          <Badge color={color} variant="light">
            {color}
          </Badge>{' '}
          <Badge color={color} variant="filled">
            {color}
          </Badge>{' '}
          <Text c={color}>{color}</Text>
        </div>
      ))}
    </>
  );
}

const COLORS = ['lake', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'grape', 'gray'];
const wanted = new URLSearchParams(window.location.search);

function Page() {
  const first = wanted.get('locale') ?? 'en';
  const [locale, setLocale] = useState<Locale>(isLocale(first) ? first : 'en');
  return (
    <Look
      locale={locale}
      onLocaleChange={setLocale}
      scheme={wanted.get('scheme') === 'dark' ? 'dark' : 'light'}
      onSchemeChange={(scheme) => window.asked.push(`scheme ${scheme}`)}
    >
      <WorkspaceProvider workspace={workspace}>
        <NoticesProvider>
          <SearchProvider>
            <ToastProvider>
              <ExchangeProvider>
                <AppFrame demo>
                  <ReferenceProvider>
                    <Screen />
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
