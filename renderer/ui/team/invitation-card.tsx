import { Badge, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Invitation } from '@/core/team-doors.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ConfirmButton } from '../kit/confirm-button.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { CloseIcon, HideIcon, ShowIcon } from '../kit/icons.ts';
import stack from '../kit/stack.module.css';
import { useToast } from '../kit/toasts.tsx';
import { useFormat, useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';
import { InvitationWords } from './invitation-words.tsx';
import { SafetyLines } from './safety-lines.tsx';
import { SaveFile } from './save-file.tsx';
import classes from './team.module.css';

const COLORS = { waiting: 'gray', asked: 'orange', answered: 'teal' } as const;

/** Words on paper that nobody has used for so long are more likely lost than awaited. */
const OLD_MILLISECONDS = 30 * 86_400_000;

/** An invitation that something is still to be done about. */
export interface OpenInvitation extends Invitation {
  readonly state: keyof typeof COLORS;
}

export const isOpen = (invitation: Invitation): invitation is OpenInvitation => invitation.state in COLORS;

/** One invitation from its words to the answer. */
export function InvitationCard(props: {
  readonly invitation: OpenInvitation;
  readonly shown: boolean;
  readonly onShow: (show: boolean) => void;
  readonly onDone: () => void;
}) {
  const { invitation, shown, onShow, onDone } = props;
  const { id, state, role, createdAt, request } = invitation;
  const t = useT();
  const format = useFormat();
  const { team } = useWorkspace();
  const [error, setError] = useState<unknown>(null);
  const cancel = () => {
    team.cancelInvitation(id).then(onDone, setError);
  };
  return (
    <li className={`${stack.card} ${state === 'asked' ? classes.asked : ''}`} data-state={state}>
      <Group gap="xs">
        <Badge color={COLORS[state]}>{t(`team.invite.states.${state}`)}</Badge>
        <Text size="sm">{t(`team.roles.${role}`)}</Text>
        <Text size="sm" c="dimmed" component="time" dateTime={createdAt}>
          {t('team.invite.made', { when: format.dateTime(createdAt) })}
        </Text>
      </Group>
      {state === 'waiting' && Date.now() - Date.parse(createdAt) > OLD_MILLISECONDS && (
        <Text size="sm">{t('team.invite.old')}</Text>
      )}
      {state === 'asked' && request !== null && (
        <Request invitation={invitation} request={request} onDone={onDone} />
      )}
      {state === 'answered' && (
        <Stack gap="xs">
          {request !== null && (
            <>
              <Title order={3}>{request.name}</Title>
              <SafetyLines safety={request.safety} own="team" />
            </>
          )}
          <Text size="sm">{t('team.answer.says')}</Text>
          <SaveFile label={t('team.answer.save')} save={() => team.saveAnswer(id)} />
        </Stack>
      )}
      {state === 'waiting' && shown && <InvitationWords invitation={invitation} />}
      {error !== null && <ErrorNote error={error} />}
      {state !== 'answered' && (
        <Group gap="xs">
          {state === 'waiting' && (
            <Button
              size="xs"
              variant="default"
              leftSection={shown ? <HideIcon size={16} aria-hidden /> : <ShowIcon size={16} aria-hidden />}
              aria-expanded={shown}
              onClick={() => onShow(!shown)}
            >
              {t(shown ? 'team.words.hide' : 'team.words.show')}
            </Button>
          )}
          <ConfirmButton
            size="xs"
            variant="subtle"
            color="red"
            icon={<CloseIcon size={16} aria-hidden />}
            question={t('team.invite.cancelAsks')}
            confirmLabel={t('team.invite.cancel')}
            onConfirm={cancel}
          >
            {t('team.invite.cancel')}
          </ConfirmButton>
        </Group>
      )}
    </li>
  );
}

/** Who asks, the number to compare by phone, and what admitting means: nobody is admitted in passing. */
function Request(props: {
  readonly invitation: Invitation;
  readonly request: NonNullable<Invitation['request']>;
  readonly onDone: () => void;
}) {
  const { invitation, request, onDone } = props;
  const { name, safety } = request;
  const t = useT();
  const toast = useToast();
  const { team } = useWorkspace();
  const [agrees, setAgrees] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const admit = async () => {
    setBusy(true);
    setError(null);
    try {
      await team.admit(invitation.id);
      toast({ text: ({ t }) => t('team.request.admitted', { name }) });
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="sm">
      <Title order={3}>{t('team.request.from', { name, role: t(`team.roles.${invitation.role}`) })}</Title>
      <SafetyLines safety={safety} own="team" />
      <Text size="sm">{t('team.request.warning', { name })}</Text>
      <Checkbox
        label={t('team.request.agrees', { name })}
        checked={agrees}
        onChange={(event) => setAgrees(event.currentTarget.checked)}
      />
      <WriteButton
        disabled={!agrees || busy}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => void admit()}
      >
        {t('team.request.admit')}
      </WriteButton>
      {error !== null && <ErrorNote error={error} />}
    </Stack>
  );
}
