import { Button, FileButton, Text } from '@mantine/core';
import { useRef } from 'react';
import { useShowFiles } from '../incoming/incoming-files.tsx';
import { ImportIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './team.module.css';

/** Where a request or an answer that came as a file is chosen; dragged here or anywhere, it is shown first all the same. */
export function TeamFile({ wanted }: { readonly wanted: 'request' | 'answer' }) {
  const t = useT();
  const showFiles = useShowFiles();
  // The same file, asked for again and mended, must be choosable again.
  const resetFile = useRef<() => void>(null);
  return (
    <div className={classes.drop}>
      <FileButton
        resetRef={resetFile}
        accept=".bkj"
        onChange={(file) => {
          if (file !== null) showFiles([file]);
          resetFile.current?.();
        }}
      >
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
  );
}
