import { Badge, Text, Title } from '@mantine/core';
import type { Team } from '@/core/team-doors.ts';
import { ChooseVersion, useContested } from '../conflicts/several-versions.tsx';
import stack from '../kit/stack.module.css';
import { useFormat, useT } from '../language/language.tsx';
import classes from './team.module.css';

/** Who is in the team, in which role, since when and with how many devices. */
export function Members({ team }: { readonly team: Team }) {
  const t = useT();
  const format = useFormat();
  const isContested = useContested();
  return (
    <section aria-labelledby="members">
      <Title order={2} id="members" mb="xs">
        {t('team.members.title')}
      </Title>
      <ul className={stack.list}>
        {team.members.map(({ member, name, role, devices, self, admittedAt }) => (
          <li key={member} className={classes.member}>
            <span className={classes.name}>
              <b>{name}</b>
              {self && ` (${t('team.members.you')})`}
            </span>
            {isContested(member, 'name') && <ChooseVersion />}
            <Badge color={role === 'coordinator' ? 'lake' : 'gray'}>{t(`team.roles.${role}`)}</Badge>
            <Text size="sm" c="dimmed">
              {t('team.members.devices', { count: devices.length })}
              {' · '}
              {t('team.members.since', { date: format.date(admittedAt.slice(0, 10)) })}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
