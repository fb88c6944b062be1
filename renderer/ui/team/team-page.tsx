import { Button } from '@mantine/core';
import { paths } from '../app/route.ts';
import { useExchange } from '../exchange/exchange-state.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ExchangeIcon } from '../kit/icons.ts';
import { PageHeader } from '../kit/page-header.tsx';
import stack from '../kit/stack.module.css';
import { useT } from '../language/language.tsx';
import { Invitations } from './invitations.tsx';
import { JoiningSteps } from './joining-steps.tsx';
import { Members } from './members.tsx';
import { NoTeam } from './no-team.tsx';
import { RelayList } from './relay-list.tsx';
import { Stranger } from './stranger.tsx';

/** `#/team`: who is in it, and the ways in. */
export function TeamPage() {
  const t = useT();
  const { value, error, again } = useExchange();
  const team = value?.team ?? null;
  const joining = value?.joining ?? null;
  return (
    <div className={stack.page}>
      <PageHeader
        title={team === null ? t('app.nav.team') : team.name}
        subtitle={t('team.says')}
        actions={
          (team !== null || joining !== null) && (
            <Button
              component="a"
              href={paths.exchange()}
              variant="default"
              leftSection={<ExchangeIcon size={16} aria-hidden />}
            >
              {t('app.nav.exchange')}
            </Button>
          )
        }
      />
      {error !== null && <ErrorNote error={error} onRetry={again} />}
      {value === null && error === null && <Busy />}
      {value !== null &&
        team === null &&
        (joining === null ? <NoTeam /> : <JoiningSteps joining={joining} />)}
      {team !== null && (
        <>
          {team.stranger && (joining === null ? <Stranger /> : <JoiningSteps joining={joining} />)}
          <Members team={team} />
          {team.role === 'coordinator' && (
            <>
              <Invitations />
              <RelayList />
            </>
          )}
        </>
      )}
    </div>
  );
}
