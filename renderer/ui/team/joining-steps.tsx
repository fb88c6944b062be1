import { Alert, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Joining } from '@/core/team-doors.ts';
import { paths } from '../app/route.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { useExchange } from '../exchange/exchange-state.tsx';
import { ConfirmButton } from '../kit/confirm-button.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { AlertIcon, CloseIcon, ExchangeIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';
import { SafetyLines } from './safety-lines.tsx';
import { SaveFile } from './save-file.tsx';
import classes from './team.module.css';
import { TeamFile } from './team-file.tsx';

/** The newcomer's way from the request to the team. */
export function JoiningSteps({ joining }: { readonly joining: Joining }) {
  return joining.state === 'asked' ? <Asked joining={joining} /> : <Answered joining={joining} />;
}

function Asked({ joining }: { readonly joining: Joining & { readonly state: 'asked' } }) {
  const t = useT();
  const { team } = useWorkspace();
  const { again } = useExchange();
  const [error, setError] = useState<unknown>(null);
  return (
    <section aria-labelledby="asked" className={classes.joining}>
      <Title order={2} id="asked">
        {t('team.join.asked')}
      </Title>
      <ol className={classes.way}>
        <li>
          <Text>{t('team.join.stepHand')}</Text>
          <Group gap="xs" align="flex-start" mt="xs">
            <SaveFile label={t('team.join.save')} save={() => team.saveRequest()} />
            <Button
              component="a"
              href={paths.exchange()}
              variant="default"
              leftSection={<ExchangeIcon size={16} aria-hidden />}
            >
              {t('team.join.point')}
            </Button>
          </Group>
        </li>
        <li>
          <Text mb="xs">{t('team.join.stepRead')}</Text>
          <SafetyLines safety={joining.safety} own="newcomer" />
        </li>
        <li>
          <Text mb="xs">{t('team.join.stepAnswer')}</Text>
          <TeamFile wanted="answer" />
        </li>
      </ol>
      {error !== null && <ErrorNote error={error} />}
      <Group>
        <ConfirmButton
          size="xs"
          variant="subtle"
          color="red"
          icon={<CloseIcon size={16} aria-hidden />}
          question={t('team.join.forgetAsks')}
          confirmLabel={t('team.join.forget')}
          onConfirm={() => {
            team.forgetRequest().then(again, setError);
          }}
        >
          {t('team.join.forget')}
        </ConfirmButton>
      </Group>
    </section>
  );
}

function Answered({ joining }: { readonly joining: Joining & { readonly state: 'answered' } }) {
  const { safety, workspaceName, role } = joining;
  const t = useT();
  const toast = useToast();
  const { team } = useWorkspace();
  const { again } = useExchange();
  const [agrees, setAgrees] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const enter = async () => {
    setBusy(true);
    setError(null);
    try {
      await team.enter();
      toast({ text: ({ t }) => t('team.join.entered') });
      again();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="answered" className={classes.joining}>
      <div>
        <Title order={2} id="answered">
          {t('team.join.answered', { team: workspaceName })}
        </Title>
        <Text>{t('team.join.role', { role: t(`team.roles.${role}`) })}</Text>
      </div>
      <SafetyLines safety={safety} own="newcomer" />
      <Alert color="orange" icon={<AlertIcon aria-hidden />} role="note">
        <Text size="sm">{t('team.join.warning')}</Text>
      </Alert>
      <Stack gap="sm" align="flex-start">
        <Checkbox
          label={t('team.join.agrees')}
          checked={agrees}
          onChange={(event) => setAgrees(event.currentTarget.checked)}
        />
        <WriteButton disabled={!agrees || busy} onClick={() => void enter()}>
          {t('team.join.enter')}
        </WriteButton>
      </Stack>
      {error !== null && <ErrorNote error={error} />}
    </section>
  );
}
