import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ExportIcon } from '../kit/icons.ts';
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
  const narrow = useMediaQuery('(max-width: 48em), (max-height: 36em)', false, {
    getInitialValueInEffect: false,
  });
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
    <Modal.Root
      opened
      onClose={onClose}
      closeOnEscape={!busy}
      closeOnClickOutside={false}
      fullScreen={narrow}
      size="46rem"
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content>
        {/* Not a `header`, which would be a second banner of the page. */}
        <Modal.Header component="div">
          <Modal.Title component="h2" fz="h3" fw={600}>
            {t('export.title')}
          </Modal.Title>
          {!busy && <Modal.CloseButton aria-label={t('kit.close')} />}
        </Modal.Header>
        <Modal.Body>
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
                      <Button
                        type="submit"
                        disabled={!ready}
                        leftSection={<ExportIcon size={16} aria-hidden />}
                      >
                        {t('export.start')}
                      </Button>
                    </Group>
                  )}
                </div>
              </Stack>
            </form>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
