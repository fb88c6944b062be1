import { Badge, Group } from '@mantine/core';
import type { Observation } from '@/core/model/observation.ts';
import { useLabels } from '../../app/reference.tsx';
import { ConflictIcon, LockIcon } from '../../kit/icons.ts';
import { useT } from '../../language/language.tsx';

const SENSITIVITY_COLORS = { open: 'teal', internal: 'blue', confidential: 'red' } as const;
const STATUS_COLORS = {
  submitted: 'gray',
  'has-issues': 'orange',
  approved: 'teal',
  rejected: 'red',
} as const;

/** Kind, status, sensitivity and consent at a glance; every mark says its word. */
export function Marks({
  observation,
  conflicts,
}: {
  readonly observation: Observation;
  readonly conflicts: number;
}) {
  const t = useT();
  const labels = useLabels();
  const { kind, status, sensitivity, consent } = observation;
  return (
    <Group gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} mb="md">
      <li>
        <Badge color="gray">{labels.term('observation-kinds', kind)}</Badge>
      </li>
      <li>
        <Badge color={STATUS_COLORS[status]}>{labels.term('statuses', status)}</Badge>
      </li>
      <li>
        <Badge
          color={SENSITIVITY_COLORS[sensitivity]}
          leftSection={sensitivity === 'open' ? null : <LockIcon size={14} aria-hidden />}
        >
          {labels.term('sensitivities', sensitivity)}
        </Badge>
      </li>
      <li>
        <Badge
          color={
            consent === 'given' ? 'teal' : consent === null || consent === 'not-asked' ? 'gray' : 'orange'
          }
        >
          {t('observation.view.consentMark', {
            state:
              consent === null ? t('observation.view.notRecorded') : labels.term('consent-states', consent),
          })}
        </Badge>
      </li>
      {conflicts > 0 && (
        <li>
          <Badge color="orange" leftSection={<ConflictIcon size={14} aria-hidden />}>
            {t('observation.conflict.mark', { figure: conflicts })}
          </Badge>
        </li>
      )}
    </Group>
  );
}
