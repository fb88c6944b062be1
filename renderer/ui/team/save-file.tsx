import { Button, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ErrorNote } from '../kit/error-note.tsx';
import { ExportIcon } from '../kit/icons.ts';
import stack from '../kit/stack.module.css';
import { useT } from '../language/language.tsx';

/** A button that puts something into a file, says where it is, and what to do with it (`next`). */
export function SaveFile(props: {
  readonly label: string;
  readonly save: () => Promise<{ readonly path: string } | null>;
  readonly next?: ReactNode;
}) {
  const { label, save, next } = props;
  const t = useT();
  const [path, setPath] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const told = useRef<HTMLDivElement>(null);
  // The button may be the last thing in sight.
  useEffect(() => {
    if (path !== null) told.current?.scrollIntoView({ block: 'nearest' });
  }, [path]);
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
        <Stack ref={told} gap="xs" role="status" className={stack.path}>
          <Text size="sm">{t('team.files.saved', { path })}</Text>
          {next}
        </Stack>
      )}
      {error !== null && <ErrorNote error={error} />}
    </Stack>
  );
}
