import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Json } from '@/core/base/json.ts';
import type { TextLang } from '@/core/base/locales.ts';
import { type Answers, answerKey, visibleQuestions } from '@/core/model/answers.ts';
import type { IsoDay } from '@/core/model/edtf.ts';
import type { Form } from '@/core/model/form.ts';
import { useLabels } from '../app/reference.tsx';
import { LineField } from './line-field.tsx';

/** A theme's own questions: those whose condition holds, with the form's warnings beside them. */
export function QuestionsField(props: {
  readonly form: Form;
  /** All answers of the observation, by `form/question`. */
  readonly answers: Answers;
  /** One answer; undefined takes it away. */
  readonly onAnswer: (key: string, value: Json | undefined) => void;
  readonly today: IsoDay;
  /** The language new texts start in. */
  readonly lang: TextLang;
  /** The history slot of an answer, by `form/question`. */
  readonly historyOf?: (key: string) => ReactNode;
  /** The id of the control of an answer, so that a list of problems can lead there. */
  readonly idOf?: (key: string) => string;
}) {
  const { form, answers, onAnswer } = props;
  const labels = useLabels();
  const visible = visibleQuestions(form, answers);
  return (
    <Stack gap="sm">
      {form.sections
        .flatMap(({ questions }) => questions)
        .filter(({ code }) => visible.has(code))
        .map((question) => {
          const key = answerKey(form.code, question.code);
          const value = answers[key];
          return (
            <LineField
              key={key}
              label={labels.of(question.label)}
              value={typeof value === 'string' ? value : ''}
              onChange={(text) => onAnswer(key, text === '' ? undefined : text)}
            />
          );
        })}
    </Stack>
  );
}
