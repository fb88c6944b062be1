import { Fieldset, Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { WORDINGS } from '@/core/model/observation.ts';
import { CodeSelect } from '../fields/code-select.tsx';
import { PLAIN_TYPING } from '../fields/typing/plain-typing.ts';
import { useT } from '../language/language.tsx';
import type { ChoiceProps } from './choice-props.ts';
import { ColumnsChoice } from './columns-choice.tsx';
import classes from './export.module.css';
import { checkFileName, type ExportScope } from './export-choices.ts';
import { LanguagesChoice } from './languages-choice.tsx';
import { LeaveOut } from './leave-out.tsx';
import { LegalLabel } from './legal-label.tsx';

/** Everything that is decided before a file is made. */
export function ExportForm(props: ChoiceProps & { readonly scope: ExportScope; readonly disabled: boolean }) {
  const { scope, facts, choices, onChange, disabled } = props;
  const t = useT();
  const { preview } = facts;
  const leaving = choices.includeConfidential ? 0 : (preview?.confidential ?? 0);
  const problem = checkFileName(choices.fileName);
  return (
    <fieldset className={classes.form} disabled={disabled}>
      <Text fw={600} role="status">
        {preview === null
          ? t('export.counting')
          : t(scope.of === 'list' ? 'export.what.list' : 'export.what.selection', {
              count: preview.observations - leaving,
            })}
      </Text>
      <Section label={t('export.format.label')}>
        <Radio.Group
          aria-label={t('export.format.label')}
          value={choices.format}
          onChange={(format) => onChange({ format: format === 'csv' ? 'csv' : 'xlsx' })}
        >
          <Stack gap="xs">
            <Radio value="xlsx" label={t('export.format.xlsx')} description={t('export.format.xlsxHint')} />
            <Radio value="csv" label={t('export.format.csv')} description={t('export.format.csvHint')} />
          </Stack>
        </Radio.Group>
      </Section>
      <Section label={t('export.columns.label')}>
        <SegmentedControl
          aria-label={t('export.columns.label')}
          className={classes.segments}
          value={choices.columnSet}
          onChange={(set) => {
            const columnSet = set === 'all' || set === 'own' ? set : 'standard';
            onChange({ columnSet });
          }}
          data={[
            { value: 'standard', label: t('export.columns.standard') },
            { value: 'all', label: t('export.columns.all') },
            { value: 'own', label: t('export.columns.own') },
          ]}
        />
        {choices.columnSet === 'standard' && (
          <CodeSelect
            label={t('export.columns.texts')}
            vocabulary="wordings"
            value={choices.wording}
            onChange={(code) => onChange({ wording: WORDINGS.find((known) => known === code) ?? 'original' })}
            clearable={false}
          />
        )}
        <ColumnsChoice {...props} />
      </Section>
      <Section label={t('export.languages.label')}>
        <LanguagesChoice {...props} />
      </Section>
      <Section label={t('export.leaveOut.label')}>
        <LeaveOut {...props} />
      </Section>
      <Section label={t('export.legal.label')}>
        <LegalLabel {...props} />
      </Section>
      <TextInput
        {...PLAIN_TYPING}
        label={t('export.name.label')}
        value={choices.fileName}
        maxLength={100}
        error={problem === null ? null : t(`export.name.${problem}`)}
        rightSection={<span className={classes.extension}>.{choices.format}</span>}
        rightSectionWidth="3.5rem"
        onChange={(event) => onChange({ fileName: event.currentTarget.value })}
      />
    </fieldset>
  );
}

function Section({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Fieldset legend={label} variant="unstyled" className={classes.section}>
      <Stack gap="xs">{children}</Stack>
    </Fieldset>
  );
}
