import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useT } from '../language/language.tsx';

/** Says what was taken away, and gives it back. Takes the focus, which went with the button that was pressed. */
export function UndoNote({ text, onUndo }: { readonly text: string; readonly onUndo: () => void }) {
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <Group gap="sm">
      <Text size="sm" role="status">
        {text}
      </Text>
      <Button ref={button} variant="default" size="compact-sm" onClick={onUndo}>
        {t('fields.measures.undo')}
      </Button>
    </Group>
  );
}
