import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { isLocale, type Locale } from '@/core/base/locales.ts';
import type { Reference, Workspace, WorkspaceEvent } from '@/core/workspace.ts';
import { App } from '@/ui/app/app.tsx';

/**
 * The frame over a workspace that answers only what the frame asks: an open practice vault without content.
 * `?locale=` chooses the language, `?scheme=` the colours.
 */
declare global {
  interface Window {
    /** What the frame asked of the workspace. */
    asked: string[];
    emit(event: WorkspaceEvent): void;
  }
}

const listeners = new Set<(event: WorkspaceEvent) => void>();
let state: 'open' | 'locked' = 'open';
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
    status: async () => ({ state, demo: true }),
    touch: async () => undefined,
    lock: async () => {
      state = 'locked';
      window.emit({ event: 'locked', reason: 'asked' });
    },
  }),
  reference: door<Workspace['reference']>('reference', { all: async () => reference }),
  observations: door<Workspace['observations']>('observations', {}),
  drafts: door<Workspace['drafts']>('drafts', {}),
  views: door<Workspace['views']>('views', {}),
  organisation: door<Workspace['organisation']>('organisation', {}),
  exports: door<Workspace['exports']>('exports', {}),
  subscribe: async (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

const wanted = new URLSearchParams(window.location.search);

function Page() {
  const first = wanted.get('locale') ?? 'en';
  const [locale, setLocale] = useState<Locale>(isLocale(first) ? first : 'en');
  return (
    <App
      workspace={workspace}
      locale={locale}
      onLocaleChange={setLocale}
      scheme={wanted.get('scheme') === 'dark' ? 'dark' : 'light'}
      onSchemeChange={(scheme) => window.asked.push(`scheme ${scheme}`)}
    />
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Page />);
