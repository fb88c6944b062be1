import type { Json } from '@/core/base/json.ts';
import type { Observation } from '@/core/model/observation.ts';
import { useFieldNames } from '../field-names.ts';
import { HistoryButton } from '../history/history-button.tsx';
import { useValueWords } from '../value-words.ts';
import classes from './view.module.css';

type Field = keyof Observation;

/** Fields with their values, empty ones left out; each leads to its history. */
export function Facts(props: {
  readonly observation: Observation;
  readonly fields: readonly Field[];
  readonly onHistory: (register: string) => void;
}) {
  const { observation, fields, onHistory } = props;
  const nameOf = useFieldNames();
  const words = useValueWords();
  const filled = fields.flatMap((field) => {
    const value = words.of(field, observation[field] as Json);
    return value === null ? [] : [{ field, value }];
  });
  if (filled.length === 0) return null;
  return (
    <dl className={classes.facts}>
      {filled.map(({ field, value }) => (
        <div key={field} className={classes.fact}>
          <dt>
            {nameOf(field)}
            <HistoryButton register={field} onOpen={onHistory} />
          </dt>
          <dd lang={value.lang ?? undefined}>{value.text}</dd>
        </div>
      ))}
    </dl>
  );
}
