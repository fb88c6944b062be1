import { Stack, Title } from '@mantine/core';
import { useCallback } from 'react';
import { formsFor } from '@/core/model/answers.ts';
import { useLabels, useReference } from '../../app/reference.tsx';
import { CodeMultiSelect } from '../../fields/code-multi-select.tsx';
import { QuestionsField } from '../../fields/questions-field.tsx';
import { useT } from '../../language/language.tsx';
import { HistoryButton } from '../history/history-button.tsx';
import classes from './form.module.css';
import type { BodyProps } from './form-section.tsx';
import { fieldId } from './sections.ts';

/** Themes, and below them the questions that they bring. Answers of a theme taken away stay until it is back. */
export function ThemesBody({ values, edit, field, today, historyOf }: BodyProps) {
  const t = useT();
  const labels = useLabels();
  const { forms } = useReference();
  const answerHistory = useCallback(
    (key: string) =>
      historyOf !== null && <HistoryButton register={`answers/${key}`} onOpen={historyOf} inForm />,
    [historyOf],
  );
  return (
    <Stack gap="md">
      <CodeMultiSelect
        {...field('themes')}
        hint={t('observation.hints.themes')}
        vocabulary="themes"
        value={Object.keys(values.themes)}
        onChange={(themes) =>
          edit({ themes: Object.fromEntries(themes.map((theme) => [theme, true as const])) })
        }
      />
      {formsFor(values.themes, forms).map((form) => (
        <section key={form.code} className={classes.questions} aria-labelledby={`questions:${form.code}`}>
          <Title order={3} id={`questions:${form.code}`} mb="xs">
            {labels.of(form.title)}
          </Title>
          <QuestionsField
            form={form}
            answers={values.answers}
            onAnswer={(key, value) =>
              edit(({ answers: { [key]: _, ...others } }) => ({
                answers: value === undefined ? others : { ...others, [key]: value },
              }))
            }
            today={today}
            lang={values.narrative.lang}
            idOf={(key) => fieldId(`answers/${key}`)}
            {...(historyOf === null ? {} : { historyOf: answerHistory })}
          />
        </section>
      ))}
    </Stack>
  );
}
