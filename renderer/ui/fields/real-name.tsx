import { Button, Group, Text } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { HideIcon, ShowIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { FieldNotes, type FieldProps } from './field.tsx';
import { LineField } from './line-field.tsx';

/**
 * A real name. Whoever looks over a shoulder sees only that there is one: it shows after a press on a button and hides
 * as soon as the focus leaves it, be it for another window.
 */
export function RealName(props: {
  readonly number: number;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly warning: FieldProps['warning'];
}) {
  const { number, name, onName, warning } = props;
  const t = useT();
  const base = useId();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (open) document.getElementById(`${base}-name`)?.focus();
  }, [open, base]);
  const about = t('fields.people.person', { number });

  if (!open) {
    const ask = name === '' ? t('fields.people.addName') : t('fields.people.showName');
    return (
      <div>
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {name === '' ? t('fields.people.nameNone') : t('fields.people.nameKept')}
          </Text>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<ShowIcon size={16} aria-hidden />}
            aria-label={`${ask}: ${about}`}
            onClick={() => setOpen(true)}
          >
            {ask}
          </Button>
        </Group>
        <FieldNotes error={null} warning={warning} />
      </div>
    );
  }
  return (
    <Group
      gap="xs"
      align="flex-end"
      onBlur={(event) => {
        const to = event.relatedTarget;
        const within = event.currentTarget.contains(to);
        // The letters belong to the field that they are typed into.
        const letters = to instanceof Element && to.closest('[data-letters-palette]') !== null;
        if (!within && !letters) setOpen(false);
      }}
    >
      <div style={{ flex: '1 1 14rem' }}>
        <LineField
          id={`${base}-name`}
          label={t('fields.people.name')}
          hint={t('fields.people.nameHint')}
          warning={warning}
          value={name}
          onChange={onName}
        />
      </div>
      <Button
        variant="default"
        leftSection={<HideIcon size={16} aria-hidden />}
        aria-label={`${t('fields.people.hideName')}: ${about}`}
        onClick={() => setOpen(false)}
      >
        {t('fields.people.hideName')}
      </Button>
    </Group>
  );
}
