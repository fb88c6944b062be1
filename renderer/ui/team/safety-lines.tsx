import { Text } from '@mantine/core';
import type { SafetyNumber } from '@/core/team-doors.ts';
import { useT } from '../language/language.tsx';
import classes from './team.module.css';

/** Twenty digits in groups of five, which two people can read to each other without losing their place. */
export const digitGroups = (line: string): readonly string[] =>
  line.replaceAll(/\s+/g, '').match(/.{1,5}/g) ?? [];

/** The lines that newcomer and coordinator read to each other; `own` is the one that is read aloud here. */
export function SafetyLines(props: { readonly safety: SafetyNumber; readonly own: 'newcomer' | 'team' }) {
  const { safety, own } = props;
  const t = useT();
  return (
    <div className={classes.safety}>
      <Line name={t('team.safety.newcomer')} line={safety.newcomer} own={own === 'newcomer'} />
      <Line name={t('team.safety.team')} line={safety.team} own={own === 'team'} />
      <Text size="sm">{t('team.safety.how')}</Text>
    </div>
  );
}

function Line(props: { readonly name: string; readonly line: string | null; readonly own: boolean }) {
  const { name, line, own } = props;
  const t = useT();
  return (
    <div className={classes.line} data-own={own || undefined}>
      <Text size="sm" c="dimmed">
        {own ? `${t('team.safety.yours')} (${name.toLocaleLowerCase()})` : name}
      </Text>
      {line === null ? (
        <Text size="sm">{t('team.safety.later')}</Text>
      ) : (
        <span className={classes.digits} data-safety>
          {digitGroups(line).map((group, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells two equal groups apart.
            <span key={place}>{group}</span>
          ))}
        </span>
      )}
    </div>
  );
}
