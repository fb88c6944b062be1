import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { AlertIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './exchange.module.css';

/** `3f9a…` in groups of four, which two people can read to each other without losing their place. */
export const groupsOf = (fingerprint: string): readonly string[] => fingerprint.match(/.{1,4}/g) ?? [];

/** A certificate that no authority vouches for: its fingerprint to compare, and a choice. */
export function UnknownCertificate(props: {
  readonly fingerprint: string;
  readonly onAccept: () => void;
  readonly onRefuse: () => void;
}) {
  const { fingerprint, onAccept, onRefuse } = props;
  const t = useT();
  return (
    <Alert
      color="orange"
      role="alert"
      icon={<AlertIcon aria-hidden />}
      title={t('exchange.certificate.title')}
    >
      <Stack gap="sm">
        <Text size="sm">{t('exchange.certificate.says')}</Text>
        <div>
          <Text size="sm" id="fingerprint">
            {t('exchange.certificate.label')}
          </Text>
          <ol className={classes.fingerprint} aria-labelledby="fingerprint">
            {groupsOf(fingerprint).map((group, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells two equal groups apart.
              <li key={place}>{group}</li>
            ))}
          </ol>
        </div>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onRefuse}>
            {t('exchange.certificate.refuse')}
          </Button>
          <Button size="xs" color="orange" onClick={onAccept}>
            {t('exchange.certificate.accept')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
