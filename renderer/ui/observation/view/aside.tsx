import { Badge, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Observation } from '@/core/model/observation.ts';
import type { OpenedObservation } from '@/core/workspace.ts';
import { useLabels, useReference } from '../../app/reference.tsx';
import { LinkedAccounts } from '../../conflicts/linked-accounts.tsx';
import { KeptWords } from '../../exchange/kept-words.tsx';
import { useFormat, useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';
import { HistoryButton } from '../history/history-button.tsx';
import { Facts } from './facts.tsx';
import { Review } from './review.tsx';
import classes from './view.module.css';

const SOURCE = ['sourceType', 'source', 'sourceConnection', 'reliability'] as const;
const CONSENT = [
  'consent',
  'consentPurpose',
  'consentAudience',
  'consentLang',
  'consentDate',
  'consentWithdrawnOn',
] as const;
const PLACE = ['date', 'place', 'village', 'placeNote'] as const;
const INDICATOR = ['indicatorDefinition', 'indicatorValue', 'indicatorUnit'] as const;

const says = (observation: Observation, fields: readonly (keyof Observation)[]): boolean =>
  fields.some((field) => {
    const value = observation[field];
    return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  });

/** Everything about the observation that is no running text, and what its reviewer decided. */
export function Aside(props: {
  readonly opened: OpenedObservation;
  readonly onHistory: (register: string) => void;
}) {
  const { opened, onHistory } = props;
  const { id, observation, author, createdAt, updatedAt } = opened;
  const t = useT();
  const format = useFormat();
  const labels = useLabels();
  const { members } = useReference();
  const group = (title: string, fields: readonly (keyof Observation)[]): ReactNode =>
    says(observation, fields) && (
      <section>
        <Title order={2} size="h4" mb={4}>
          {title}
        </Title>
        <Facts observation={observation} fields={fields} onHistory={onHistory} />
      </section>
    );
  return (
    <aside className={classes.aside} aria-label={t('observation.view.about')}>
      {group(t('observation.sections.whenWhere'), PLACE)}
      {group(t('observation.sections.kind'), INDICATOR)}
      <Codes
        field="themes"
        codes={Object.keys(observation.themes).map((code) => labels.term('themes', code))}
        onHistory={onHistory}
      />
      <Codes field="tags" codes={Object.keys(observation.tags)} onHistory={onHistory} />
      {group(t('observation.sections.source'), SOURCE)}
      {group(t('observation.sections.consent'), CONSENT)}
      <LinkedAccounts id={id} />
      <Review opened={opened} onHistory={onHistory} />
      <KeptWords id={id} />
      <Text size="sm" c="dimmed">
        {t('observation.view.created', { who: members[author] ?? author, when: format.dateTime(createdAt) })}
        {updatedAt !== createdAt && (
          <>
            <br />
            {t('observation.view.updated', { when: format.dateTime(updatedAt) })}
          </>
        )}
      </Text>
    </aside>
  );
}

function Codes(props: {
  readonly field: 'themes' | 'tags';
  readonly codes: readonly string[];
  readonly onHistory: (register: string) => void;
}) {
  const { field, codes, onHistory } = props;
  const nameOf = useFieldNames();
  if (codes.length === 0) return null;
  return (
    <section>
      <Group gap={4} mb={4}>
        <Title order={2} size="h4">
          {nameOf(field)}
        </Title>
        <HistoryButton register={field} onOpen={onHistory} />
      </Group>
      <Group gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {codes.map((code) => (
          <li key={code}>
            <Badge color="lake" size="md">
              {code}
            </Badge>
          </li>
        ))}
      </Group>
    </section>
  );
}
