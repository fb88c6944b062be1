import '@mantine/core/styles.css';
import '../kit/fonts.css';
import '../kit/global.css';
import { Anchor, type MantineColorScheme, MantineProvider } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import type { Workspace } from '@/core/workspace.ts';
import { CataloguePage } from '../catalogue/catalogue-page.tsx';
import { ConflictsPage } from '../conflicts/conflicts-page.tsx';
import { DraftsPage } from '../drafts/drafts-page.tsx';
import { FieldDraftsProvider } from '../drafts/use-field-drafts.tsx';
import { ExchangePage } from '../exchange/exchange-page.tsx';
import { ExchangeProvider } from '../exchange/exchange-state.tsx';
import { TypingHelp } from '../fields/typing/typing-help.tsx';
import { IncomingFiles } from '../incoming/incoming-files.tsx';
import { LockedDrop } from '../incoming/locked-drop.tsx';
import { EmptyState } from '../kit/empty-state.tsx';
import { cssVariables, theme } from '../kit/theme.ts';
import { ToastProvider } from '../kit/toasts.tsx';
import { LanguageProvider, useT } from '../language/language.tsx';
import { FormPage } from '../observation/form/form-page.tsx';
import { ViewPage } from '../observation/view/view-page.tsx';
import { ListMemoryProvider } from '../observations/list-memory.tsx';
import { ObservationsPage } from '../observations/observations-page.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { SpaceProvider } from '../space/space-state.tsx';
import { TeamPage } from '../team/team-page.tsx';
import { ClosedVault } from '../vault/closed-vault.tsx';
import { RecoveryReminder } from '../vault/recovery-reminder.tsx';
import { WipeProvider } from '../vault/wipe.tsx';
import { AppFrame, BareFrame } from './app-frame.tsx';
import { useTouch } from './idle.ts';
import { NoticesProvider } from './notices.tsx';
import { ReferenceProvider } from './reference.tsx';
import { paths, useRoute } from './route.ts';
import { SearchProvider } from './search-text.tsx';
import { useVaultState, VaultStateProvider } from './vault-state.tsx';
import { useLock, useWorkspaceEvent, WorkspaceProvider } from './workspace.tsx';

function Lost() {
  const t = useT();
  return (
    <EmptyState
      order={1}
      title={t('app.notFound.title')}
      action={<Anchor href={paths.catalogue()}>{t('app.notFound.back')}</Anchor>}
    >
      {t('app.notFound.says')}
    </EmptyState>
  );
}

/** Every screen of an open vault, by address. */
function Screen() {
  const route = useRoute();
  switch (route.name) {
    case 'catalogue':
      return <CataloguePage />;
    case 'settings':
      return <SettingsScreen />;
    case 'observations':
      return <ObservationsPage />;
    case 'observation-new':
    case 'observation-edit':
      return <FormPage />;
    case 'observation':
      return <ViewPage />;
    case 'drafts':
      return <DraftsPage />;
    case 'conflicts':
      return <ConflictsPage />;
    case 'exchange':
      return <ExchangePage />;
    case 'team':
      return <TeamPage />;
    default:
      return <Lost />;
  }
}

/** At the start, and only there: a reminder on every screen would soon be read by nobody. */
function StartReminder() {
  const route = useRoute();
  return route.name === 'catalogue' && route.code === null ? <RecoveryReminder /> : null;
}

function OpenVault({ demo }: { readonly demo: boolean }) {
  useTouch();
  const lock = useLock();
  useWorkspaceEvent(({ event }) => {
    if (event === 'locking') void lock();
  });
  return (
    <SearchProvider>
      <ToastProvider>
        <ExchangeProvider>
          <FieldDraftsProvider>
            <IncomingFiles>
              <AppFrame demo={demo}>
                <ReferenceProvider>
                  <ListMemoryProvider>
                    <StartReminder />
                    <Screen />
                  </ListMemoryProvider>
                </ReferenceProvider>
              </AppFrame>
            </IncomingFiles>
          </FieldDraftsProvider>
        </ExchangeProvider>
        <TypingHelp />
      </ToastProvider>
    </SearchProvider>
  );
}

/** Switches between the vault's own screens and the rest; what was open goes from memory with the switch. */
function VaultSwitch({ startDemo }: { readonly startDemo: boolean }) {
  const { status } = useVaultState();
  const demo = 'demo' in status && status.demo;
  return (
    <WipeProvider>
      {status.state === 'open' ? (
        <OpenVault demo={demo} />
      ) : (
        <BareFrame demo={demo}>
          <LockedDrop />
          <ClosedVault status={status} startDemo={startDemo} />
        </BareFrame>
      )}
    </WipeProvider>
  );
}

/** Look and language for anything below; the preferences are kept by whoever renders this. */
export function Look(props: {
  readonly locale: Locale;
  readonly onLocaleChange: (locale: Locale) => void;
  readonly scheme: MantineColorScheme;
  readonly onSchemeChange: (scheme: MantineColorScheme) => void;
  readonly children: ReactNode;
}) {
  const { locale, onLocaleChange, scheme, onSchemeChange, children } = props;
  const latest = useRef(onSchemeChange);
  useEffect(() => {
    latest.current = onSchemeChange;
  });
  // Mantine would keep the choice in localStorage; ours is a preference of the host.
  const [schemeManager] = useState(() => ({
    get: () => scheme,
    set: (chosen: MantineColorScheme) => latest.current(chosen),
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => undefined,
  }));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemeManager}
      defaultColorScheme={scheme}
    >
      <LanguageProvider locale={locale} onChange={onLocaleChange}>
        {children}
      </LanguageProvider>
    </MantineProvider>
  );
}

/** The whole interface over one workspace. */
export function App(props: {
  readonly workspace: Workspace;
  /** Open the demonstration without asking. */
  readonly startDemo?: boolean;
  readonly locale: Locale;
  readonly onLocaleChange: (locale: Locale) => void;
  readonly scheme: MantineColorScheme;
  readonly onSchemeChange: (scheme: MantineColorScheme) => void;
}) {
  const { workspace, startDemo = false, ...look } = props;
  return (
    <Look {...look}>
      <WorkspaceProvider workspace={workspace}>
        <SpaceProvider>
          <NoticesProvider>
            <VaultStateProvider>
              <VaultSwitch startDemo={startDemo} />
            </VaultStateProvider>
          </NoticesProvider>
        </SpaceProvider>
      </WorkspaceProvider>
    </Look>
  );
}
