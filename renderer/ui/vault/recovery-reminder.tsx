import { Alert, Anchor, Text } from '@mantine/core';
import { paths } from '../app/route.ts';
import { KeyIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { useProfile } from './profile.ts';

/** Stands at the start for as long as the recovery words have not been confirmed, or nobody's name is known. */
export function RecoveryReminder() {
  const t = useT();
  const { profile } = useProfile();
  if (profile === null || profile.demo) return null;
  const nameless = profile.name === '';
  if (profile.recoveryConfirmed && !nameless) return null;
  return (
    <Alert
      color="lake"
      icon={<KeyIcon aria-hidden />}
      mb="md"
      role="note"
      title={nameless ? t('vault.reminder.nameless') : t('vault.reminder.title')}
    >
      <Text size="sm">
        {nameless ? t('vault.reminder.namelessSays') : t('vault.reminder.says')}{' '}
        <Anchor href={paths.settings()} size="sm" underline="always">
          {t('vault.reminder.settings')}
        </Anchor>
      </Text>
    </Alert>
  );
}
