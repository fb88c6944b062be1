import { Alert, Stack, Text } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { Notice } from '@/core/workspace.ts';
import { AlertIcon } from '../kit/icons.ts';
import { useNoticeText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { useWorkspaceEvent } from './workspace.tsx';

interface Notices {
  readonly notices: readonly Notice[];
  add(notices: readonly Notice[]): void;
  dismiss(notice: Notice): void;
}

const NoticesContext = createContext<Notices | null>(null);

/** A notice that is shown already says nothing new the second time. */
function withNew(old: readonly Notice[], more: readonly Notice[]): readonly Notice[] {
  const known = new Set(old.map((notice) => JSON.stringify(notice)));
  return [...old, ...more.filter((notice) => !known.has(JSON.stringify(notice)))];
}

/** Collects what the workspace has to say about the vault, from events and from unlocking. */
export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const add = useCallback((more: readonly Notice[]) => setNotices((old) => withNew(old, more)), []);
  const dismiss = useCallback(
    (notice: Notice) => setNotices((old) => old.filter((other) => other !== notice)),
    [],
  );
  useWorkspaceEvent((event) => {
    if (event.event === 'notice') add([event.notice]);
  });
  const value = useMemo(() => ({ notices, add, dismiss }), [notices, add, dismiss]);
  return <NoticesContext.Provider value={value}>{children}</NoticesContext.Provider>;
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === null) throw new Error('Notices are used outside of a NoticesProvider.');
  return notices;
}

/** The notices, above the screen, until each is dismissed. */
export function NoticeList() {
  const { notices, dismiss } = useNotices();
  const t = useT();
  const textOf = useNoticeText();
  if (notices.length === 0) return null;
  return (
    <Stack component="section" aria-label={t('app.notices')} gap="xs" mb="md">
      {notices.map((notice) => {
        const text = textOf(notice);
        return (
          <Alert
            key={JSON.stringify(notice)}
            role="status"
            color="yellow"
            icon={<AlertIcon aria-hidden />}
            title={text.says}
            withCloseButton
            closeButtonLabel={t('kit.close')}
            onClose={() => dismiss(notice)}
          >
            <Text size="sm">{text.todo}</Text>
          </Alert>
        );
      })}
    </Stack>
  );
}
