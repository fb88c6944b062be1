import { ScrollArea, Table, Title } from '@mantine/core';
import type { Json } from '@/core/base/json.ts';
import { answerKey, formsFor, isAnswered, questionsOfForm } from '@/core/model/answers.ts';
import type { Form, Question } from '@/core/model/form.ts';
import type { Observation } from '@/core/model/observation.ts';
import { useLabels, useReference } from '../../app/reference.tsx';
import { useT } from '../../language/language.tsx';
import { HistoryButton } from '../history/history-button.tsx';
import { useValueWords } from '../value-words.ts';
import classes from './view.module.css';

/**
 * The answers to themes' own questions, form by form. Answers that stand without a form (its theme was taken away,
 * the organisation removed its file) are shown too: nothing that was written is out of sight.
 */
export function AnswersView(props: {
  readonly observation: Observation;
  readonly onHistory: (register: string) => void;
}) {
  const { observation, onHistory } = props;
  const { answers, themes } = observation;
  const t = useT();
  const { forms } = useReference();
  const open = formsFor(themes, forms);
  const answered = (form: Form) =>
    questionsOfForm(form).some(({ code }) => isAnswered(answers[answerKey(form.code, code)]));
  const others = forms.filter((form) => !open.includes(form) && answered(form));
  const known = new Set(
    forms.flatMap((form) => questionsOfForm(form).map(({ code }) => answerKey(form.code, code))),
  );
  const strangers = Object.entries(answers).filter(([key, value]) => !known.has(key) && isAnswered(value));
  return (
    <>
      {[...open.filter(answered), ...others].map((form) => (
        <FormAnswers
          key={form.code}
          form={form}
          answers={answers}
          closed={!open.includes(form)}
          onHistory={onHistory}
        />
      ))}
      {strangers.length > 0 && (
        <section aria-labelledby="strangers">
          <Title order={2} id="strangers" mb="xs">
            {t('observation.view.otherAnswers')}
          </Title>
          <dl className={classes.facts}>
            {strangers.map(([key, value]) => (
              <div key={key} className={classes.fact}>
                <dt>{key}</dt>
                <dd>{JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

function FormAnswers(props: {
  readonly form: Form;
  readonly answers: Observation['answers'];
  readonly closed: boolean;
  readonly onHistory: (register: string) => void;
}) {
  const { form, answers, closed, onHistory } = props;
  const t = useT();
  const labels = useLabels();
  const answerTo = ({ code }: Question): Json | undefined => answers[answerKey(form.code, code)];
  const sections = form.sections
    .map((section) => ({
      ...section,
      questions: section.questions.filter((question) => isAnswered(answerTo(question))),
    }))
    .filter(({ questions }) => questions.length > 0);
  return (
    <section aria-labelledby={`answers:${form.code}`}>
      <Title order={2} id={`answers:${form.code}`} mb="xs">
        {labels.of(form.title)}
        {closed && ` (${t('observation.view.closedForm')})`}
      </Title>
      {sections.map((section) => (
        <div key={section.code} className={classes.answerSection}>
          <Title order={3} size="h4">
            {labels.of(section.title)}
          </Title>
          <dl className={classes.facts}>
            {section.questions.map((question) => {
              const register = `answers/${answerKey(form.code, question.code)}`;
              return (
                <div
                  key={question.code}
                  className={classes.fact}
                  data-wide={question.type === 'rows' || undefined}
                >
                  <dt>
                    {labels.of(question.label)}
                    <HistoryButton register={register} onOpen={onHistory} />
                  </dt>
                  <dd>
                    <Answer question={question} value={answerTo(question) ?? null} />
                  </dd>
                </div>
              );
            })}
          </dl>
        </div>
      ))}
    </section>
  );
}

function Answer({ question, value }: { readonly question: Question; readonly value: Json }) {
  const words = useValueWords();
  const labels = useLabels();
  if (question.type !== 'rows' || !Array.isArray(value)) {
    const { text, lang } = words.answer(question, value);
    return (
      <span lang={lang ?? undefined} className={classes.asTyped}>
        {text}
      </span>
    );
  }
  const columns = question.columns ?? [];
  return (
    <ScrollArea
      type="auto"
      offsetScrollbars="x"
      viewportProps={{ tabIndex: 0 }}
      className={classes.table}
      data-scrolls-sideways
    >
      <Table withTableBorder aria-label={labels.of(question.label)}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.code}>{labels.of(column.label)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {value.map((row: Json, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
            <Table.Tr key={i}>
              {columns.map((column) => (
                <Table.Td key={column.code}>
                  {words.cell(column, (row as Record<string, Json>)[column.code])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
