import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorNote } from '../kit/error-note.tsx';
import { ExportIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './team.module.css';

/** A button that puts a request or an answer into a file, and says where it is. */
export function SaveFile(props: {
  readonly label: string;
  readonly save: () => Promise<{ readonly path: string } | null>;
}) {
  const { label, save } = props;
  const t = useT();
  const [path, setPath] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant="default"
        leftSection={<ExportIcon size={16} aria-hidden />}
        onClick={() => {
          save().then((saved) => {
            setError(null);
            if (saved !== null) setPath(saved.path);
          }, setError);
        }}
      >
        {label}
      </Button>
      {path !== null && (
        <Text size="sm" role="status" className={classes.path}>
          {t('team.files.saved', { path })}
        </Text>
      )}
      {error !== null && <ErrorNote error={error} />}
    </Stack>
  );
}
