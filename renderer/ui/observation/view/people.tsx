import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Observation } from '@/core/model/observation.ts';
import { HideIcon, ShowIcon } from '../../kit/icons.ts';
import { useT } from '../../language/language.tsx';
import { HistoryButton } from '../history/history-button.tsx';
import { useValueWords } from '../value-words.ts';
import classes from './view.module.css';

/** People involved; real names stay hidden until somebody asks for them, and are hidden again on the next visit. */
export function PeopleView(props: {
  readonly observation: Observation;
  readonly onHistory: (register: string) => void;
}) {
  const { observation, onHistory } = props;
  const { people, names } = observation;
  const t = useT();
  const words = useValueWords();
  const [shown, setShown] = useState(false);
  const keys = [...new Set([...Object.keys(people), ...Object.keys(names)])];
  if (keys.length === 0) return null;
  const named = Object.values(names).some((name) => name !== '');
  return (
    <section aria-labelledby="people">
      <Group justify="space-between" gap="xs" mb="xs">
        <Title order={2} id="people">
          {t('observation.sections.people')}
        </Title>
        {named && (
          <Button
            size="compact-sm"
            variant="default"
            aria-pressed={shown}
            leftSection={shown ? <HideIcon size={16} aria-hidden /> : <ShowIcon size={16} aria-hidden />}
            onClick={() => setShown(!shown)}
          >
            {t(shown ? 'observation.names.hide' : 'observation.names.show')}
          </Button>
        )}
      </Group>
      <ul className={classes.plainList}>
        {keys.map((key) => {
          const person = people[key];
          const name = names[key] ?? '';
          return (
            <li key={key} className={classes.card}>
              <Group justify="space-between" wrap="nowrap" align="flex-start">
                <span>
                  {person === undefined
                    ? t('observation.view.noPerson')
                    : (words.of(`people/${key}`, person)?.text ?? '')}
                </span>
                <HistoryButton register={`people/${key}`} onOpen={onHistory} />
              </Group>
              {name !== '' && (
                <Text size="sm">
                  {t('observation.names.of', { name: shown ? name : t('observation.names.hidden') })}
                </Text>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
