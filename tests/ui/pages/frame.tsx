import { Badge, Text } from '@mantine/core';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CodedError } from '@/core/base/coded-error.ts';
import { isLocale, type Locale } from '@/core/base/locales.ts';
import type { Workspace, WorkspaceEvent } from '@/core/workspace.ts';
import { useLabels } from '@/ui/app/reference.tsx';
import { useRoute } from '@/ui/app/route.ts';
import { useSearchText } from '@/ui/app/search-text.tsx';
import { useBeforeLock } from '@/ui/app/workspace.tsx';
import { Busy } from '@/ui/kit/busy.tsx';
import { ConfirmButton } from '@/ui/kit/confirm-button.tsx';
import { ErrorNote } from '@/ui/kit/error-note.tsx';
import { PageHeader } from '@/ui/kit/page-header.tsx';
import { doorOf, Framed, NO_REFERENCE } from './framed.tsx';

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

const door = <T extends object>(name: string, answers: Partial<T>): T =>
  doorOf<T>(answers, (method) => window.asked.push(`${name}.${method}`));

const workspace: Workspace = {
  vault: door<Workspace['vault']>('vault', {
    touch: async () => undefined,
    lock: async () => undefined,
  }),
  reference: door<Workspace['reference']>('reference', { all: async () => NO_REFERENCE }),
  corrections: door<Workspace['corrections']>('corrections', {}),
  observations: door<Workspace['observations']>('observations', {}),
  drafts: door<Workspace['drafts']>('drafts', {}),
  views: door<Workspace['views']>('views', {}),
  organisation: door<Workspace['organisation']>('organisation', {}),
  safety: door<Workspace['safety']>('safety', {}),
  incoming: door<Workspace['incoming']>('incoming', {}),
  restore: door<Workspace['restore']>('restore', {}),
  space: door<Workspace['space']>('space', {
    look: async () => ({ freeBytes: 2_400_000, level: 'full' }),
  }),
  exports: door<Workspace['exports']>('exports', {}),
  team: door<Workspace['team']>('team', {}),
  sync: door<Workspace['sync']>('sync', {}),
  conflicts: door<Workspace['conflicts']>('conflicts', {}),
  updates: door<Workspace['updates']>('updates', {}),
  about: () => new Promise(() => undefined),
  showFolder: async () => undefined,
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
    <Framed
      workspace={workspace}
      locale={locale}
      onLocaleChange={setLocale}
      scheme={wanted.get('scheme') === 'dark' ? 'dark' : 'light'}
      onSchemeChange={(scheme) => window.asked.push(`scheme ${scheme}`)}
      demo
    >
      <Screen />
    </Framed>
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Page />);
