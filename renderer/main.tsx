import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { firstLocale } from '@/core/base/locales.ts';
import type { Host, Preferences } from '@/core/host/host.ts';
import type { Workspace } from '@/core/workspace.ts';
import { chooseHost, wantsDemo } from '@/host/choose-host.ts';
import { App } from '@/ui/app/app.tsx';
import { openWorkers } from '@/workers/open-workers.ts';

/** The composition root: host, workers and interface meet here and nowhere else. */

function Root(props: { readonly host: Host; readonly workspace: Workspace; readonly first: Preferences }) {
  const { host, workspace, first } = props;
  const [preferences, setPreferences] = useState(first);
  const keep = (edit: Partial<Preferences>): void => {
    const next = { ...preferences, ...edit };
    setPreferences(next);
    // A read-only disk must not keep anybody from changing the language.
    host.system.setPreferences(next).catch(() => undefined);
  };
  return (
    <App
      workspace={workspace}
      startDemo={wantsDemo(window)}
      locale={preferences.locale ?? firstLocale(navigator.languages)}
      onLocaleChange={(locale) => keep({ locale })}
      scheme={preferences.scheme}
      onSchemeChange={(scheme) => keep({ scheme })}
    />
  );
}

async function start(): Promise<void> {
  const host = chooseHost(window);
  const workspace = await openWorkers(host);
  const first = await host.system.preferences();
  const element = document.getElementById('root');
  if (element === null) throw new Error('The page has no root element.');
  createRoot(element).render(
    <StrictMode>
      <Root host={host} workspace={workspace} first={first} />
    </StrictMode>,
  );
}

void start();
