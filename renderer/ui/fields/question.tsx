import { memo, type ReactNode } from 'react';
import type { Json } from '@/core/base/json.ts';
import type { TextLang } from '@/core/base/locales.ts';
import { answerProblem } from '@/core/model/answers.ts';
import type { IsoDay } from '@/core/model/edtf.ts';
import type { Question as FormQuestion } from '@/core/model/form.ts';
import { textSchema } from '@/core/model/observation.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { LockIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { CodeMultiSelect } from './code-multi-select.tsx';
import { CodeSelect } from './code-select.tsx';
import { DateField } from './date-field.tsx';
import type { FieldProps } from './field.tsx';
import { LineField } from './line-field.tsx';
import { NumberField } from './number-field.tsx';
import { RowsQuestion, rowsOf } from './rows-question.tsx';
import { TextWithLanguage } from './text-with-language.tsx';
import { YesNoField } from './yes-no-field.tsx';

interface QuestionProps {
  readonly question: FormQuestion;
  readonly answerKey: string;
  readonly value: Json | undefined;
  readonly onAnswer: (key: string, value: Json | undefined) => void;
  /** Codes of the question's own checks that hold, joined by spaces: a string, so that equal is equal. */
  readonly firing: string;
  readonly today: IsoDay;
  readonly lang: TextLang;
  /** The history slot of an answer. Not the slot itself, which is another one at every drawing. */
  readonly historyOf: ((key: string) => ReactNode) | undefined;
  readonly id: string | undefined;
}

/** A field of its own says what is wrong with these. */
const SAID_BY_FIELD: readonly string[] = ['date', 'number'];

/** What is odd about an answer that came from elsewhere, and the form's own checks, in words. */
function useWarnings({ question, value, firing }: QuestionProps): readonly string[] {
  const t = useT();
  const labels = useLabels();
  const { vocabularies } = useReference();
  const codes = firing.split(' ');
  const warnings = (question.checks ?? [])
    .filter(({ code }) => codes.includes(code))
    .map(({ message }) => labels.of(message));
  if (value === undefined || SAID_BY_FIELD.includes(question.type)) return warnings;
  switch (answerProblem(question, value, vocabularies)) {
    case 'answer/wrong-type':
      return [...warnings, t('fields.questions.odd.wrong-type')];
    case 'answer/not-an-option':
      return [...warnings, t('fields.questions.odd.not-an-option')];
    case 'answer/too-small':
      return [...warnings, t('fields.questions.odd.too-small')];
    case 'answer/too-large':
      return [...warnings, t('fields.questions.odd.too-large')];
    case 'answer/too-long':
      return [...warnings, t('fields.questions.odd.too-long')];
    case 'answer/not-a-date':
    case null:
      return warnings;
  }
}

const stringOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const codesOf = (value: Json | undefined): string[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter((code) => typeof code === 'string') : [];

function Answer(props: QuestionProps & { readonly field: FieldProps }) {
  const { question, answerKey, value, onAnswer, today, lang, field } = props;
  const answer = (next: Json | null) => onAnswer(answerKey, next === null || next === '' ? undefined : next);
  const source =
    question.options === undefined
      ? { vocabulary: question.vocabulary ?? '' }
      : { options: question.options };
  switch (question.type) {
    case 'text': {
      const text = textSchema.safeParse(value);
      return (
        <TextWithLanguage
          {...field}
          multiline
          minRows={2}
          value={text.success ? text.data : { text: '', lang }}
          // A language chosen before the first letter is kept with the empty text, which is no answer.
          onChange={(next) => answer(next.text === '' && next.lang === lang ? null : next)}
        />
      );
    }
    case 'line':
      return <LineField {...field} value={stringOf(value)} onChange={answer} />;
    case 'choice':
      return <CodeSelect {...field} {...source} value={stringOf(value) || null} onChange={answer} />;
    case 'choices':
      return (
        <CodeMultiSelect
          {...field}
          {...source}
          value={codesOf(value)}
          onChange={(codes) => answer(codes.length === 0 ? null : codes)}
        />
      );
    case 'number':
      return (
        <NumberField
          {...field}
          decimals
          min={question.min}
          max={question.max}
          value={typeof value === 'number' ? value : null}
          onChange={answer}
        />
      );
    case 'date':
      return <DateField {...field} today={today} value={stringOf(value)} onChange={answer} />;
    case 'yes-no':
      return <YesNoField {...field} value={stringOf(value) || null} onChange={answer} />;
    case 'rows':
      return (
        <RowsQuestion
          {...field}
          columns={question.columns ?? []}
          value={rowsOf(value)}
          onChange={(rows) => answer(rows.length === 0 ? null : rows.map((row) => ({ ...row })))}
        />
      );
  }
}

/** One question with its answer. Memoised: a form has sixty, and one of them is being typed into. */
export const Question = memo(function Question(props: QuestionProps) {
  const { question, answerKey, historyOf, id } = props;
  const history = historyOf?.(answerKey);
  const t = useT();
  const labels = useLabels();
  const sensitive = question.sensitive === true && (
    <span role="img" aria-label={t('fields.questions.sensitive')} title={t('fields.questions.sensitive')}>
      <LockIcon size={14} aria-hidden />
    </span>
  );
  const field: FieldProps = {
    label: labels.of(question.label),
    hint: question.hint === undefined ? null : labels.of(question.hint),
    warning: useWarnings(props),
    id,
    ...(sensitive || history
      ? {
          history: (
            <>
              {sensitive}
              {history}
            </>
          ),
        }
      : {}),
  };
  return <Answer {...props} field={field} />;
});
