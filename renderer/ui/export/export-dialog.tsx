import { Button, Group, Stack, Text } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ExportIcon } from '../kit/icons.ts';
import { WorkDialog } from '../kit/work-dialog.tsx';
import { useLanguage, useT } from '../language/language.tsx';
import classes from './export.module.css';
import {
  checkFileName,
  columnsOf,
  type ExportChoices,
  type ExportScope,
  firstChoices,
  nextChoices,
} from './export-choices.ts';
import { ExportForm } from './export-form.tsx';
import { ExportResult } from './export-result.tsx';
import { useExport, useExportFacts } from './use-export.ts';

/** Today on this device's calendar, as an ISO day. */
function localToday(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * Makes a spreadsheet of observations. What could put somebody in danger is left out unless it is ticked, and
 * counted before the file is made. A failure keeps every choice.
 */
export function ExportDialog(props: {
  readonly scope: ExportScope;
  /** Choices of the last export of this sitting; the dialog keeps its own here. */
  readonly memory: RefObject<ExportChoices | null>;
  readonly onClose: () => void;
}) {
  const { scope, memory, onClose } = props;
  const t = useT();
  const { locale } = useLanguage();
  const [choices, setChoices] = useState(() =>
    memory.current === null ? firstChoices(locale, localToday()) : nextChoices(memory.current, localToday()),
  );
  const facts = useExportFacts(scope);
  const { run, cancel, progress, error, done, stopped } = useExport();

  const change = (edit: Partial<ExportChoices>) => {
    const next = { ...choices, ...edit };
    memory.current = next;
    setChoices(next);
  };
  const columns = facts.loaded === null ? [] : columnsOf(choices, facts.loaded.columns);
  const counted = facts.loaded !== null && facts.loaded.preview !== null;
  const ready = counted && columns.length > 0 && checkFileName(choices.fileName) === null;
  const busy = progress !== null;
  const foot = useRef<HTMLDivElement>(null);
  // The button that was pressed goes; the focus moves to the one that takes its place, not out of the dialog.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when work begins and ends.
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) {
      foot.current?.querySelector<HTMLElement>('button:last-of-type')?.focus();
    }
  }, [busy]);

  const start = () => {
    if (!ready || facts.loaded === null || busy) return;
    void run({
      format: choices.format,
      key: facts.loaded.key,
      ids: scope.of === 'selection' ? scope.ids : null,
      columns,
      locales: choices.locales,
      includeSensitive: choices.includeSensitive,
      includeNames: choices.includeNames,
      includeConfidential: choices.includeConfidential,
      fileName: choices.fileName.trim(),
    });
  };

  return (
    <WorkDialog title={t('export.title')} busy={busy} size="46rem" onClose={onClose}>
      {done !== null ? (
        <ExportResult result={done} onClose={onClose} />
      ) : facts.error !== null ? (
        <ErrorNote error={facts.error} onRetry={facts.retry} />
      ) : facts.loaded === null ? (
        <Busy label={t('export.preparing')} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            start();
          }}
        >
          <Stack gap="md">
            <ExportForm
              scope={scope}
              facts={facts.loaded}
              choices={choices}
              onChange={change}
              disabled={busy}
            />
            <div ref={foot} className={classes.foot}>
              {error !== null && <ErrorNote error={error} />}
              {stopped && (
                <Text role="status" size="sm">
                  {t('export.stopped')}
                </Text>
              )}
              {busy ? (
                <Busy label={t('export.working')} progress={progress} onCancel={() => void cancel()} />
              ) : (
                <Group gap="xs" justify="flex-end">
                  <Button variant="default" onClick={onClose}>
                    {t('kit.cancel')}
                  </Button>
                  <Button type="submit" disabled={!ready} leftSection={<ExportIcon size={16} aria-hidden />}>
                    {t('export.start')}
                  </Button>
                </Group>
              )}
            </div>
          </Stack>
        </form>
      )}
    </WorkDialog>
  );
}
