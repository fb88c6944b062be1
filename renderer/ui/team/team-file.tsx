import { Button, FileButton, Text } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { CodedError } from '@/core/base/coded-error.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { useExchange } from '../exchange/exchange-state.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ImportIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import classes from './team.module.css';

/** Far above any request or answer; a film chosen by mistake is not read into memory to be refused. */
const MOST_BYTES = 1_000_000;

/** Takes in a request or an answer that came as a file, chosen or dragged here. */
export function TeamFile({ wanted }: { readonly wanted: 'request' | 'answer' }) {
  const t = useT();
  const toast = useToast();
  const { team } = useWorkspace();
  const { again } = useExchange();
  const [error, setError] = useState<unknown>(null);
  const [over, setOver] = useState(false);
  // The same file, asked for again and mended, must be choosable again.
  const resetFile = useRef<() => void>(null);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    setError(null);
    try {
      if (file.size > MOST_BYTES) {
        throw new CodedError('team/foreign-file', 'The file is far larger than any request or answer.');
      }
      const kind = await team.openFile(new Uint8Array(await file.arrayBuffer()));
      again();
      toast({ text: ({ t }) => t(`team.files.${kind}`) });
    } catch (failure) {
      setError(failure);
    } finally {
      resetFile.current?.();
    }
  };
  const onDrag = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type === 'dragover');
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is the second way; the button is the first. */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={onDrag}
        onDragLeave={onDrag}
        onDrop={(event) => {
          onDrag(event);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <FileButton resetRef={resetFile} accept=".bkj" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<ImportIcon size={16} aria-hidden />}>
              {t(wanted === 'request' ? 'team.files.openRequest' : 'team.files.openAnswer')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {t('team.files.drop')}
        </Text>
      </div>
      {error !== null && <ErrorNote error={error} />}
    </>
  );
}
