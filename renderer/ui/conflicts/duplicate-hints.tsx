import { Button, Group, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { DuplicateIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './conflicts.module.css';
import { DuplicatePair } from './duplicate-pair.tsx';

/** On an observation's page: that somebody else may have written of the same event; the comparison opens on request. */
export function DuplicateHints({ id }: { readonly id: string }) {
  const t = useT();
  const { conflicts } = useWorkspace();
  const [open, setOpen] = useState(false);
  const ask = useCallback(() => conflicts.duplicatesOf(id), [conflicts, id]);
  const hints = useAnswer(ask).value ?? [];
  if (hints.length === 0) return null;
  return (
    <section className={classes.hint} aria-label={t('duplicates.title')}>
      <Group gap="xs">
        <DuplicateIcon size={18} aria-hidden />
        <Text size="sm" style={{ flex: '1 1 12rem' }}>
          {t('duplicates.hint')}
        </Text>
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('duplicates.compare')}
        </Button>
      </Group>
      {open && hints.map((hint) => <DuplicatePair key={`${hint.one} ${hint.other}`} hint={hint} />)}
    </section>
  );
}
