import { ActionIcon, Alert, Anchor, Group, Text, Tooltip } from '@mantine/core';
import { paths } from '../../app/route.ts';
import { ConflictIcon } from '../../kit/icons.ts';
import { useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';

/** Whether a control of the form stands for a register in conflict, or for one of its elements. */
export const isContested = (register: string, conflicts: readonly string[]): boolean =>
  conflicts.some((field) => field === register || field.startsWith(`${register}/`));

/** Above the form: which of its fields hold several versions, and the way to them. */
export function FormConflicts(props: {
  readonly record: string | null;
  readonly conflicts: readonly string[];
}) {
  const { record, conflicts } = props;
  const t = useT();
  const nameOf = useFieldNames();
  if (record === null || conflicts.length === 0) return null;
  return (
    <Alert color="orange" icon={<ConflictIcon aria-hidden />} mb="md" role="note">
      <Group gap="sm">
        <Text size="sm" style={{ flex: '1 1 18rem' }}>
          <b>{t('observation.conflict.title')}:</b> {conflicts.map(nameOf).join(', ')}.{' '}
          {t('observation.conflict.inForm')}
        </Text>
        <Anchor href={paths.observation(record)} size="sm">
          {t('observation.conflict.show')}
        </Anchor>
      </Group>
    </Alert>
  );
}

/** On the line of a field's label: it holds several versions, which stand side by side on the observation's page. */
export function ContestedMark({ record, register }: { readonly record: string; readonly register: string }) {
  const t = useT();
  const nameOf = useFieldNames();
  const label = t('observation.conflict.ofField', { field: nameOf(register) });
  return (
    <Tooltip label={label}>
      <ActionIcon
        component="a"
        href={paths.observation(record)}
        size="sm"
        tabIndex={-1}
        variant="light"
        color="orange"
        aria-label={label}
      >
        <ConflictIcon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
