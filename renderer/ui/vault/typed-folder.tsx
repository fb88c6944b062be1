import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FolderIcon } from '../kit/icons.ts';

/** Page mode has no dialog of its own, so that a folder's path is typed. */
export function TypedFolder(props: {
  readonly label: string;
  readonly hint: string;
  readonly submit: string;
  readonly busy: boolean;
  readonly onChoose: (path: string) => void;
}) {
  const { label, hint, submit, busy, onChoose } = props;
  const [path, setPath] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && path.trim() !== '') onChoose(path.trim());
      }}
    >
      <Stack gap="sm" align="flex-start">
        <TextInput
          w="100%"
          label={label}
          description={hint}
          value={path}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          leftSection={<FolderIcon size={18} aria-hidden />}
          disabled={busy || path.trim() === ''}
        >
          {submit}
        </Button>
      </Stack>
    </form>
  );
}
