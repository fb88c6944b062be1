import { Alert, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { AlertIcon, KeyIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { AskToJoin } from './ask-to-join.tsx';
import classes from './team.module.css';

/** Whose device file was lost is in nobody's team any more: what that means, and the way back. */
export function Stranger() {
  const t = useT();
  const [asking, setAsking] = useState(false);
  return (
    <section aria-labelledby="stranger" className={classes.joining}>
      <Alert
        color="orange"
        icon={<AlertIcon aria-hidden />}
        role="note"
        title={<span id="stranger">{t('team.stranger.title')}</span>}
      >
        <Text size="sm">{t('team.stranger.says')}</Text>
        <Text size="sm">{t('team.stranger.todo')}</Text>
      </Alert>
      {asking ? (
        <AskToJoin onCancel={() => setAsking(false)} />
      ) : (
        <Button
          leftSection={<KeyIcon size={18} aria-hidden />}
          style={{ justifySelf: 'start' }}
          onClick={() => setAsking(true)}
        >
          {t('team.none.join')}
        </Button>
      )}
    </section>
  );
}
