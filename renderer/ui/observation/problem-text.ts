import { useMemo } from 'react';
import type { AnswerProblem } from '@/core/model/answers.ts';
import type { Problem, ProblemCode } from '@/core/model/check-observation.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { useFormat, useT } from '../language/language.tsx';

type Named<Code> = Code extends `check/${infer Name}` ? Name : never;
type CheckName = Exclude<Named<ProblemCode>, 'answer' | 'form'>;
type AnswerName = AnswerProblem extends infer Code
  ? Code extends `answer/${infer Name}`
    ? Name
    : never
  : never;

/** What a check has to say, in the interface language; a form's own check brings its own words. */
export function useProblemText(): (problem: Problem) => string {
  const t = useT();
  const labels = useLabels();
  const format = useFormat();
  const { forms } = useReference();
  return useMemo(
    () =>
      ({ code, detail }) => {
        if (code === 'check/form') {
          const check = forms
            .find((form) => form.code === detail.form)
            ?.sections.flatMap(({ questions }) => questions)
            .find((question) => question.code === detail.question)
            ?.checks?.find((known) => known.code === detail.check);
          return check === undefined ? String(detail.check) : labels.of(check.message);
        }
        if (code === 'check/answer') {
          return t(`observation.answers.${String(detail.problem).slice('answer/'.length) as AnswerName}`);
        }
        const values: Record<string, string | number> = { ...detail };
        if (typeof detail.day === 'string') values.day = format.date(detail.day);
        return t(`observation.checks.${code.slice('check/'.length) as CheckName}`, values);
      },
    [t, labels, format, forms],
  );
}
