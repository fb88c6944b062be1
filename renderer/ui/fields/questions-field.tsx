import { Stack, Title } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useId, useRef } from 'react';
import type { Json } from '@/core/base/json.ts';
import type { TextLang } from '@/core/base/locales.ts';
import { type Answers, answerKey, firingChecks, visibleQuestions } from '@/core/model/answers.ts';
import type { IsoDay } from '@/core/model/edtf.ts';
import type { Form } from '@/core/model/form.ts';
import { useLabels } from '../app/reference.tsx';
import { Question } from './question.tsx';

/**
 * A theme's own questions: those whose condition holds, in the form's sections, with the form's warnings beside them. A
 * hidden question keeps its answer.
 */
export function QuestionsField(props: {
  readonly form: Form;
  /** All answers of the observation, by `form/question`. */
  readonly answers: Answers;
  /** One answer; undefined takes it away. */
  readonly onAnswer: (key: string, value: Json | undefined) => void;
  readonly today: IsoDay;
  /** The language new texts start in. */
  readonly lang: TextLang;
  /** The history slot of an answer, by `form/question`; the same function as long as it gives the same. */
  readonly historyOf?: (key: string) => ReactNode;
  /** The id of the control of an answer, so that a list of problems can lead there. */
  readonly idOf?: (key: string) => string;
  /** The level of the sections' titles. */
  readonly order?: 2 | 3 | 4;
}) {
  const { form, answers, onAnswer, today, lang, historyOf, idOf, order = 3 } = props;
  const labels = useLabels();
  const base = useId();
  const visible = visibleQuestions(form, answers);
  const firing = new Map<string, string>();
  for (const { question, check } of firingChecks(form, answers)) {
    firing.set(question, `${firing.get(question) ?? ''} ${check.code}`);
  }
  const latest = useRef(onAnswer);
  useEffect(() => {
    latest.current = onAnswer;
  });
  const answer = useCallback((key: string, value: Json | undefined) => latest.current(key, value), []);

  return (
    <Stack gap="xl">
      {form.sections
        .map((section) => ({
          ...section,
          questions: section.questions.filter(({ code }) => visible.has(code)),
        }))
        .filter(({ questions }) => questions.length > 0)
        .map((section) => (
          <Stack key={section.code} component="section" gap="md" aria-labelledby={`${base}-${section.code}`}>
            <Title id={`${base}-${section.code}`} order={order} size="h4">
              {labels.of(section.title)}
            </Title>
            {section.questions.map((question) => {
              const key = answerKey(form.code, question.code);
              return (
                <Question
                  key={question.code}
                  question={question}
                  answerKey={key}
                  value={answers[key]}
                  onAnswer={answer}
                  firing={firing.get(question.code) ?? ''}
                  today={today}
                  lang={lang}
                  historyOf={historyOf}
                  id={idOf?.(key)}
                />
              );
            })}
          </Stack>
        ))}
    </Stack>
  );
}
