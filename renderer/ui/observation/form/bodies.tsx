import { SimpleGrid, Stack } from '@mantine/core';
import type { ComponentType } from 'react';
import type { Kind, Sensitivity } from '@/core/model/observation.ts';
import { useReference } from '../../app/reference.tsx';
import { CodeMultiSelect } from '../../fields/code-multi-select.tsx';
import { CodeSelect } from '../../fields/code-select.tsx';
import { DateField } from '../../fields/date-field.tsx';
import { LineField } from '../../fields/line-field.tsx';
import { MeasurePicker } from '../../fields/measure-picker.tsx';
import { NumberField } from '../../fields/number-field.tsx';
import { PeopleField } from '../../fields/people-field.tsx';
import { PlaceField } from '../../fields/place-field.tsx';
import { TagsField } from '../../fields/tags-field.tsx';
import { TextWithLanguage } from '../../fields/text-with-language.tsx';
import { useT } from '../../language/language.tsx';
import type { BodyProps } from './form-section.tsx';
import { newKey } from './new-key.ts';
import type { SectionCode } from './sections.ts';
import { ThemesBody } from './themes-body.tsx';
import { TranslationsBody } from './translations-body.tsx';

/** Members of a record of `true`s, from a list of keys. */
const flags = (keys: readonly string[]): Record<string, true> =>
  Object.fromEntries(keys.map((key) => [key, true as const]));

function WhatBody({ values, edit, field }: BodyProps) {
  const t = useT();
  return (
    <Stack gap="sm">
      <TextWithLanguage
        {...field('title')}
        hint={t('observation.hints.title')}
        value={values.title}
        onChange={(title) => edit({ title })}
      />
      <TextWithLanguage
        {...field('narrative')}
        hint={t('observation.hints.narrative')}
        multiline
        minRows={6}
        value={values.narrative}
        onChange={(narrative) => edit({ narrative })}
      />
    </Stack>
  );
}

function WhenWhereBody({ values, edit, field, today }: BodyProps) {
  const { date, place, village, placeNote } = values;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="sm">
      <DateField {...field('date')} value={date} onChange={(next) => edit({ date: next })} today={today} />
      <PlaceField
        {...field('place')}
        value={{ place, village, placeNote }}
        onChange={edit}
        villageHistory={field('village').history}
        noteHistory={field('placeNote').history}
      />
    </SimpleGrid>
  );
}

function LinksBody({ values, edit, field }: BodyProps) {
  return (
    <MeasurePicker
      {...field('links')}
      value={values.links}
      onChange={(links) => edit({ links })}
      themes={Object.keys(values.themes)}
    />
  );
}

function KindBody({ values, edit, field }: BodyProps) {
  return (
    <Stack gap="sm">
      <CodeSelect
        {...field('kind')}
        vocabulary="observation-kinds"
        clearable={false}
        value={values.kind}
        onChange={(kind) => kind !== null && edit({ kind: kind as Kind })}
      />
      {values.kind === 'indicator' && (
        <>
          <LineField
            {...field('indicatorDefinition')}
            multiline
            maxLength={2_000}
            value={values.indicatorDefinition}
            onChange={(indicatorDefinition) => edit({ indicatorDefinition })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="sm">
            <NumberField
              {...field('indicatorValue')}
              decimals
              value={values.indicatorValue}
              onChange={(indicatorValue) => edit({ indicatorValue })}
            />
            <LineField
              {...field('indicatorUnit')}
              value={values.indicatorUnit}
              onChange={(indicatorUnit) => edit({ indicatorUnit })}
            />
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}

function PeopleBody({ values, edit, field }: BodyProps) {
  return (
    <PeopleField
      {...field('people')}
      value={{ people: values.people, names: values.names }}
      onChange={edit}
      newKey={newKey}
    />
  );
}

function SourceBody({ values, edit, field }: BodyProps) {
  const t = useT();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
      <CodeSelect
        {...field('sourceType')}
        vocabulary="source-types"
        value={values.sourceType}
        onChange={(sourceType) => edit({ sourceType })}
      />
      <LineField
        {...field('source')}
        hint={t('observation.hints.source')}
        value={values.source}
        onChange={(source) => edit({ source })}
      />
      <CodeSelect
        {...field('sourceConnection')}
        vocabulary="source-connections"
        value={values.sourceConnection}
        onChange={(sourceConnection) => edit({ sourceConnection })}
      />
      <CodeSelect
        {...field('reliability')}
        vocabulary="reliability"
        value={values.reliability}
        onChange={(reliability) => edit({ reliability })}
      />
    </SimpleGrid>
  );
}

function ConsentBody({ values, edit, field, today }: BodyProps) {
  const { vocabularies } = useReference();
  const t = useT();
  const isLang = (code: string | null): code is NonNullable<typeof values.consentLang> =>
    code !== null && vocabularies.languages?.terms.some((term) => term.code === code) === true;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        <CodeSelect
          {...field('consent')}
          vocabulary="consent-states"
          value={values.consent}
          onChange={(consent) => edit({ consent })}
        />
        <CodeSelect
          {...field('consentLang')}
          vocabulary="languages"
          value={values.consentLang}
          onChange={(code) => edit({ consentLang: isLang(code) ? code : null })}
        />
      </SimpleGrid>
      <LineField
        {...field('consentPurpose')}
        hint={t('observation.hints.consentPurpose')}
        multiline
        value={values.consentPurpose}
        onChange={(consentPurpose) => edit({ consentPurpose })}
      />
      <CodeMultiSelect
        {...field('consentAudience')}
        vocabulary="consent-audiences"
        value={values.consentAudience}
        onChange={(consentAudience) => edit({ consentAudience })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        <DateField
          {...field('consentDate')}
          value={values.consentDate}
          onChange={(consentDate) => edit({ consentDate })}
          today={today}
        />
        <DateField
          {...field('consentWithdrawnOn')}
          value={values.consentWithdrawnOn}
          onChange={(consentWithdrawnOn) => edit({ consentWithdrawnOn })}
          today={today}
        />
      </SimpleGrid>
    </Stack>
  );
}

function SensitivityBody({ values, edit, field }: BodyProps) {
  const t = useT();
  return (
    <CodeSelect
      {...field('sensitivity')}
      hint={t('observation.hints.sensitivity')}
      vocabulary="sensitivities"
      clearable={false}
      value={values.sensitivity}
      onChange={(code) => code !== null && edit({ sensitivity: code as Sensitivity })}
    />
  );
}

function TagsBody({ values, edit, field }: BodyProps) {
  return (
    <TagsField
      {...field('tags')}
      value={Object.keys(values.tags)}
      onChange={(tags) => edit({ tags: flags(tags) })}
    />
  );
}

export const BODIES: Readonly<Record<SectionCode, ComponentType<BodyProps>>> = {
  what: WhatBody,
  whenWhere: WhenWhereBody,
  links: LinksBody,
  kind: KindBody,
  themes: ThemesBody,
  people: PeopleBody,
  source: SourceBody,
  consent: ConsentBody,
  sensitivity: SensitivityBody,
  tags: TagsBody,
  translations: TranslationsBody,
};
