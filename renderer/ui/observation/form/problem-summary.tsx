import { Title, UnstyledButton } from '@mantine/core';
import type { Problem } from '@/core/model/check-observation.ts';
import { AlertIcon } from '../../kit/icons.ts';
import { useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';
import { useProblemText } from '../problem-text.ts';
import classes from './form.module.css';

/** What the checks have to say, what refuses saving first; every line leads to its field. */
export function ProblemSummary(props: {
  readonly problems: readonly Problem[];
  readonly onGo: (register: string) => void;
}) {
  const { problems, onGo } = props;
  const t = useT();
  const nameOf = useFieldNames();
  const textOf = useProblemText();
  const sorted = [...problems].sort((a, b) => (a.level === b.level ? 0 : a.level === 'error' ? -1 : 1));
  return (
    <section className={classes.summary} aria-labelledby="remarks">
      <Title order={2} size="h4" id="remarks" tabIndex={-1}>
        {problems.length === 0
          ? t('observation.remarks.none')
          : t('observation.remarks.title', { figure: problems.length })}
      </Title>
      {problems.length > 0 && (
        <ul>
          {sorted.map((problem) => (
            <li key={`${problem.field} ${problem.code} ${JSON.stringify(problem.detail)}`}>
              <UnstyledButton
                className={classes.problem}
                data-level={problem.level}
                onClick={() => onGo(problem.field)}
              >
                <AlertIcon size={16} aria-hidden />
                <span>
                  <b>{nameOf(problem.field)}.</b> {textOf(problem)}
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
