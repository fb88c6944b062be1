import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { HistoryEntry, Profile } from '@/core/workspace.ts';
import { useWorkspace, useWorkspaceEvent } from '../../app/workspace.tsx';
import { Busy } from '../../kit/busy.tsx';
import { ErrorNote } from '../../kit/error-note.tsx';
import { useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';
import { HistoryList } from './history-list.tsx';

/** Which history is open: a register's, the whole record's (null), or none (undefined). */
export interface HistoryView {
  readonly of: string | null | undefined;
  show(register: string | null): void;
  hide(): void;
}

export function useHistoryDrawer(): HistoryView {
  const [of, setOf] = useState<string | null | undefined>(undefined);
  const show = useCallback((register: string | null) => setOf(register), []);
  const hide = useCallback(() => setOf(undefined), []);
  return { of, show, hide };
}

interface Loaded {
  readonly entries: readonly HistoryEntry[];
  readonly profile: Profile;
}

/** Who changed what, when and on which device, beside the form or the page of the observation. */
export function HistoryDrawer({ record, of, show, hide }: HistoryView & { readonly record: string }) {
  const t = useT();
  const nameOf = useFieldNames();
  return (
    <Drawer.Root
      opened={of !== undefined}
      onClose={hide}
      position="right"
      size="min(40rem, 100vw)"
      transitionProps={{ duration: 0 }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Not a `header`, which would be a second banner of the page. */}
        <Drawer.Header component="div">
          <Drawer.Title fz="h2" fw={600}>
            {of === null || of === undefined
              ? t('observation.history.title')
              : t('observation.history.ofField', { field: nameOf(of) })}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t('kit.close')} />
        </Drawer.Header>
        <Drawer.Body>
          {of !== undefined && (
            <Stack gap="md">
              {of !== null && (
                <Group>
                  <Button size="compact-sm" variant="default" onClick={() => show(null)}>
                    {t('observation.history.whole')}
                  </Button>
                </Group>
              )}
              <LoadedHistory key={record} record={record} of={of} />
            </Stack>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function LoadedHistory({ record, of }: { readonly record: string; readonly of: string | null }) {
  const t = useT();
  const { observations, vault } = useWorkspace();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(() => {
    Promise.all([observations.history(record), vault.profile()]).then(([entries, profile]) => {
      setLoaded({ entries, profile });
      setError(null);
    }, setError);
  }, [observations, vault, record]);
  useEffect(load, [load]);
  useWorkspaceEvent((event) => {
    if (event.event === 'changed' && event.records.includes(record)) load();
  });

  if (error !== null) return <ErrorNote error={error} onRetry={load} />;
  if (loaded === null) return <Busy />;
  const entries = of === null ? loaded.entries : onlyOf(loaded.entries, of);
  if (entries.length === 0) return <Text c="dimmed">{t('observation.history.none')}</Text>;
  return <HistoryList entries={entries} device={loaded.profile.device} ofOneField={of !== null} />;
}

/** The edits of one register, or of every element of a collection (`links` -> `links/…`). */
function onlyOf(entries: readonly HistoryEntry[], register: string): readonly HistoryEntry[] {
  return entries
    .map((entry) => ({
      ...entry,
      fields: entry.fields.filter(({ name }) => name === register || name.startsWith(`${register}/`)),
    }))
    .filter(({ fields }) => fields.length > 0);
}
