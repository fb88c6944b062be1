import { Alert, Button, Group, Text } from '@mantine/core';
import { DraftIcon, RestoreIcon } from '../../kit/icons.ts';
import { useFormat, useT } from '../../language/language.tsx';

/** Marks the form as a draft with its time; a discarded draft can be brought back as long as the form is there. */
export function DraftBanner(props: {
  /** When the draft that the form was opened from was last kept; null when it is none. */
  readonly since: string | null;
  readonly discarded: boolean;
  readonly moved: boolean;
  readonly onDiscard: () => void;
  readonly onBringBack: () => void;
}) {
  const { since, discarded, moved, onDiscard, onBringBack } = props;
  const t = useT();
  const format = useFormat();
  if (discarded) {
    return (
      <Alert role="status" color="gray" icon={<DraftIcon aria-hidden />} mb="md">
        <Group gap="sm">
          <Text size="sm">{t('observation.draft.discarded')}</Text>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<RestoreIcon size={16} aria-hidden />}
            onClick={onBringBack}
          >
            {t('observation.draft.bringBack')}
          </Button>
        </Group>
      </Alert>
    );
  }
  if (since === null) return null;
  return (
    <Alert role="status" color="yellow" icon={<DraftIcon aria-hidden />} mb="md" data-banner="draft">
      <Group gap="sm">
        <Text size="sm" style={{ flex: '1 1 18rem' }}>
          <b>{t('observation.draft.isDraft', { time: format.dateTime(since) })}</b>{' '}
          {t('observation.draft.isDraftTodo')}
          {moved && ` ${t('observation.draft.moved')}`}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onDiscard}>
          {t('observation.draft.discard')}
        </Button>
      </Group>
    </Alert>
  );
}
