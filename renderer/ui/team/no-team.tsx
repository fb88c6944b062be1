import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useWorkspace } from '../app/workspace.tsx';
import { AddIcon, KeyIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import { AskToJoin } from './ask-to-join.tsx';
import classes from './team.module.css';
import { WayForm } from './way-form.tsx';

/** What a team is, in three sentences, and the two ways to be in one. */
export function NoTeam() {
  const t = useT();
  const [way, setWay] = useState<'begin' | 'join' | null>(null);
  return (
    <section aria-labelledby="no-team" className={classes.noTeam}>
      <Title order={2} id="no-team">
        {t('team.none.title')}
      </Title>
      <Text>{t('team.none.one')}</Text>
      <Text>{t('team.none.two')}</Text>
      <Text>{t('team.none.three')}</Text>
      <Group gap="sm">
        <Button
          variant={way === 'join' ? 'default' : 'filled'}
          leftSection={<AddIcon size={18} aria-hidden />}
          aria-expanded={way === 'begin'}
          onClick={() => setWay(way === 'begin' ? null : 'begin')}
        >
          {t('team.none.begin')}
        </Button>
        <Button
          variant={way === 'join' ? 'filled' : 'default'}
          leftSection={<KeyIcon size={18} aria-hidden />}
          aria-expanded={way === 'join'}
          onClick={() => setWay(way === 'join' ? null : 'join')}
        >
          {t('team.none.join')}
        </Button>
      </Group>
      {way === 'begin' && <BeginTeam onCancel={() => setWay(null)} />}
      {way === 'join' && <AskToJoin onCancel={() => setWay(null)} />}
    </section>
  );
}

function BeginTeam({ onCancel }: { readonly onCancel: () => void }) {
  const t = useT();
  const toast = useToast();
  const { team } = useWorkspace();
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <WayForm
      ready={name.trim() !== ''}
      submitLabel={t('team.begin.submit')}
      onSubmit={async () => {
        await team.found(name.trim());
        toast({ text: ({ t }) => t('team.begin.done') });
      }}
      onCancel={onCancel}
      error={error}
      onError={setError}
    >
      <TextInput
        ref={field}
        label={t('team.begin.name')}
        description={t('team.begin.nameHint')}
        value={name}
        maxLength={120}
        autoComplete="off"
        maw="28rem"
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </WayForm>
  );
}
