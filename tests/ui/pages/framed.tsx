import type { ReactNode } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import type { Reference, Workspace } from '@/core/workspace.ts';
import { Look } from '@/ui/app/app.tsx';
import { AppFrame } from '@/ui/app/app-frame.tsx';
import { NoticesProvider } from '@/ui/app/notices.tsx';
import { ReferenceProvider } from '@/ui/app/reference.tsx';
import { SearchProvider } from '@/ui/app/search-text.tsx';
import { WorkspaceProvider } from '@/ui/app/workspace.tsx';
import { FieldDraftsProvider } from '@/ui/drafts/use-field-drafts.tsx';
import { ExchangeProvider } from '@/ui/exchange/exchange-state.tsx';
import { ToastProvider } from '@/ui/kit/toasts.tsx';
import { SpaceProvider } from '@/ui/space/space-state.tsx';

/** A catalogue without recommendations, and nothing else to look up. */
export const NO_REFERENCE: Reference = {
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

/** A door that answers what it is given answers for; whatever else is asked stays unanswered. `onCall` hears of all. */
export const doorOf = <T extends object>(
  answers: Partial<T> = {},
  onCall: (method: string) => void = () => undefined,
): T =>
  new Proxy(answers, {
    get: (target, method) => {
      const answer: unknown = Reflect.get(target, method);
      if (answer !== undefined && typeof answer !== 'function') return answer;
      return (...args: unknown[]) => {
        onCall(String(method));
        return typeof answer === 'function' ? answer(...args) : new Promise(() => undefined);
      };
    },
  }) as T;

/** The product's frame around a screen, over a workspace that a test made up. */
export function Framed(props: {
  readonly workspace: Workspace;
  readonly locale: Locale;
  readonly onLocaleChange?: (locale: Locale) => void;
  readonly scheme?: 'light' | 'dark';
  readonly onSchemeChange?: (scheme: string) => void;
  readonly demo?: boolean;
  readonly children: ReactNode;
}) {
  const {
    workspace,
    locale,
    onLocaleChange,
    scheme = 'light',
    onSchemeChange,
    demo = false,
    children,
  } = props;
  const nothing = () => undefined;
  return (
    <Look
      locale={locale}
      onLocaleChange={onLocaleChange ?? nothing}
      scheme={scheme}
      onSchemeChange={onSchemeChange ?? nothing}
    >
      <WorkspaceProvider workspace={workspace}>
        <SpaceProvider>
          <NoticesProvider>
            <SearchProvider>
              <ToastProvider>
                <ExchangeProvider>
                  <FieldDraftsProvider>
                    <AppFrame demo={demo}>
                      <ReferenceProvider>{children}</ReferenceProvider>
                    </AppFrame>
                  </FieldDraftsProvider>
                </ExchangeProvider>
              </ToastProvider>
            </SearchProvider>
          </NoticesProvider>
        </SpaceProvider>
      </WorkspaceProvider>
    </Look>
  );
}
