import { Radio, Stack, Text, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { Role } from '@/core/team-doors.ts';
import type { WorkspaceEvent } from '@/core/workspace.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { InviteIcon } from '../kit/icons.ts';
import stack from '../kit/stack.module.css';
import { useFormat, useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';
import { InvitationCard, isOpen } from './invitation-card.tsx';
import classes from './team.module.css';
import { TeamFile } from './team-file.tsx';

const EVENTS: readonly WorkspaceEvent['event'][] = ['sync', 'changed'];

/** For coordinators: making invitations, taking in requests, admitting who asks. */
export function Invitations() {
  const t = useT();
  const format = useFormat();
  const { team } = useWorkspace();
  const ask = useCallback(() => team.invitations(), [team]);
  const { value, error, again } = useAnswer(ask, EVENTS);
  /** One at a time shows its words: whoever looks over a shoulder sees no more, and one sheet is printed. */
  const [shown, setShown] = useState<string | null>(null);
  const open = value?.filter(isOpen) ?? [];
  const cancelled = value?.filter(({ state }) => state === 'cancelled').length ?? 0;
  const joined = value?.filter(({ state }) => state === 'joined') ?? [];
  return (
    <section aria-labelledby="invitations" className={classes.invitations}>
      <div>
        <Title order={2} id="invitations">
          {t('team.invite.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('team.invite.says')}
        </Text>
      </div>
      {error !== null && <ErrorNote error={error} onRetry={again} />}
      {open.length > 0 && (
        <ul className={stack.list}>
          {open.map((invitation) => (
            <InvitationCard
              key={invitation.id}
              invitation={invitation}
              shown={shown === invitation.id}
              onShow={(show) => setShown(show ? invitation.id : null)}
              onDone={again}
            />
          ))}
        </ul>
      )}
      {value !== null && open.length === 0 && <Text size="sm">{t('team.invite.none')}</Text>}
      {joined.length > 0 && (
        <Text size="sm" c="dimmed" className={classes.name}>
          {t('team.invite.joinedOnes', {
            names: format.list([...new Set(joined.flatMap(({ request }) => request?.name ?? []))]),
          })}
        </Text>
      )}
      {cancelled > 0 && (
        <Text size="sm" c="dimmed">
          {t('team.invite.cancelledOnes', { figure: cancelled })}
        </Text>
      )}
      <NewInvitation
        onMade={(id) => {
          setShown(id);
          again();
        }}
      />
      <TeamFile wanted="request" />
    </section>
  );
}

const ROLES: readonly Role[] = ['monitor', 'coordinator'];

function NewInvitation({ onMade }: { readonly onMade: (id: string) => void }) {
  const t = useT();
  const { team } = useWorkspace();
  const [role, setRole] = useState<Role>('monitor');
  const [error, setError] = useState<unknown>(null);
  return (
    <form
      className={stack.panel}
      onSubmit={(event) => {
        event.preventDefault();
        team.invite(role).then(({ id }) => {
          setError(null);
          onMade(id);
        }, setError);
      }}
    >
      <Stack gap="sm">
        <Radio.Group
          label={t('team.roles.label')}
          value={role}
          onChange={(chosen) => setRole(ROLES.find((known) => known === chosen) ?? 'monitor')}
        >
          <Stack gap="xs" mt={4}>
            {ROLES.map((each) => (
              <Radio
                key={each}
                value={each}
                label={t(`team.roles.${each}`)}
                description={t(`team.roles.${each}Says`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <WriteButton
          type="submit"
          leftSection={<InviteIcon size={18} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('team.invite.new')}
        </WriteButton>
        {error !== null && <ErrorNote error={error} />}
      </Stack>
    </form>
  );
}
