import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { navigate, paths } from '../app/route.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { useExchange } from '../exchange/exchange-state.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { AddIcon, KeyIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import { AskToJoin } from './ask-to-join.tsx';
import classes from './team.module.css';

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
  const { again } = useExchange();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const begin = async () => {
    setBusy(true);
    setError(null);
    try {
      await team.found(name.trim());
      toast({ text: t('team.begin.done') });
      again();
      navigate(paths.team());
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.panel}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && name.trim() !== '') void begin();
      }}
    >
      <Stack gap="sm">
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
        {error !== null && <ErrorNote error={error} />}
        <Group gap="xs">
          <Button type="submit" disabled={busy || name.trim() === ''}>
            {t('team.begin.submit')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('kit.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
