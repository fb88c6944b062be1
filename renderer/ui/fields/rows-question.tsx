import { ActionIcon, Button, Stack, Text } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import type { Json } from '@/core/base/json.ts';
import type { Column } from '@/core/model/form.ts';
import { useLabels } from '../app/reference.tsx';
import { AddIcon, CloseIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { CodeSelect } from './code-select.tsx';
import { FieldLabel, type FieldProps } from './field.tsx';
import { LineField } from './line-field.tsx';
import { NumberField } from './number-field.tsx';
import classes from './rows-question.module.css';
import { UndoNote } from './undo-note.tsx';

/** Columns of words that a row has room for; more would cut each other off. */
const MOST_WORDS = 1;
/** Columns of any kind that a row has room for in a window that is not wide. */
const MOST_COLUMNS = 4;

type Row = Readonly<Record<string, Json>>;

/** The rows of a stored answer; what is no row cannot be shown in a table. */
export function rowsOf(value: Json | undefined): readonly Row[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).filter(
    (row): row is Record<string, Json> => typeof row === 'object' && row !== null && !Array.isArray(row),
  );
}

function withCell(row: Row, code: string, value: Json | null): Row {
  const { [code]: _old, ...rest } = row;
  return value === null || value === '' ? rest : { ...rest, [code]: value };
}

function Cell(props: {
  readonly column: Column;
  readonly label: string;
  readonly id: string;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | null) => void;
}) {
  const { column, value, onChange, ...rest } = props;
  const field = { ...rest, labelHidden: true };
  if (column.type === 'number') {
    return (
      <NumberField
        {...field}
        decimals
        min={column.min}
        max={column.max}
        value={typeof value === 'number' ? value : null}
        onChange={onChange}
      />
    );
  }
  const text = typeof value === 'string' ? value : '';
  if (column.type === 'line') return <LineField {...field} value={text} onChange={onChange} />;
  const source =
    column.options === undefined ? { vocabulary: column.vocabulary ?? '' } : { options: column.options };
  return <CodeSelect {...field} {...source} value={text === '' ? null : text} onChange={onChange} />;
}

/**
 * A table to fill in: one row for each participant, class, report. Where it is narrow, every row becomes a card. Keys of
 * columns that an older revision of the form had stay in their rows.
 */
export function RowsQuestion(
  props: FieldProps & {
    readonly columns: readonly Column[];
    readonly value: readonly Row[];
    readonly onChange: (value: readonly Row[]) => void;
  },
) {
  const { columns, value, onChange, id } = props;
  const t = useT();
  const labels = useLabels();
  const base = useId();
  const [focusRow, setFocusRow] = useState<number | null>(null);
  const [removed, setRemoved] = useState<{ readonly index: number; readonly row: Row } | null>(null);
  const first = columns[0]?.code ?? '';
  const wordy = columns.filter(({ type }) => type !== 'number').length > MOST_WORDS;
  const many = columns.length > MOST_COLUMNS;
  useEffect(() => {
    if (focusRow === null) return;
    document.getElementById(`${base}-${focusRow}-${first}`)?.focus();
    setFocusRow(null);
  }, [focusRow, base, first]);

  const add = () => {
    onChange([...value, {}]);
    setRemoved(null);
    setFocusRow(value.length);
  };

  return (
    <FieldLabel {...props}>
      <Stack
        gap="xs"
        className={classes.frame}
        style={{ ['--cards' as string]: wordy ? 1 : 0, ['--many' as string]: many ? 1 : 0 }}
      >
        {value.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('fields.rows.none')}
          </Text>
        ) : (
          <table className={classes.table}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.code} scope="col">
                    {labels.of(column.label)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {value.map((row, index) => (
                // Rows have no keys of their own: they are told apart by their place, as the stored list does.
                // biome-ignore lint/suspicious/noArrayIndexKey: a row's identity is its place in the list
                <tr key={index}>
                  {columns.map((column) => (
                    <td key={column.code} className={column.type === 'number' ? classes.number : undefined}>
                      <span className={classes.label} aria-hidden>
                        {labels.of(column.label)}
                      </span>
                      <Cell
                        column={column}
                        id={`${base}-${index}-${column.code}`}
                        label={t('fields.rows.cell', { column: labels.of(column.label), number: index + 1 })}
                        value={row[column.code]}
                        onChange={(cell) =>
                          onChange(
                            value.map((old, at) => (at === index ? withCell(old, column.code, cell) : old)),
                          )
                        }
                      />
                    </td>
                  ))}
                  <td className={classes.tool}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      mt={3}
                      aria-label={t('fields.rows.remove', { number: index + 1 })}
                      onClick={() => {
                        setRemoved({ index, row });
                        onChange(value.filter((_row, at) => at !== index));
                      }}
                    >
                      <CloseIcon size={16} aria-hidden />
                    </ActionIcon>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {removed !== null && (
          <UndoNote
            key={`${removed.index}/${value.length}`}
            text={t('fields.rows.removed')}
            onUndo={() => {
              onChange([...value.slice(0, removed.index), removed.row, ...value.slice(removed.index)]);
              setFocusRow(removed.index);
              setRemoved(null);
            }}
          />
        )}
        <Button
          {...(id === undefined ? {} : { id })}
          variant="default"
          size="compact-sm"
          leftSection={<AddIcon size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          aria-label={`${t('fields.rows.add')}: ${props.label}`}
          onClick={add}
        >
          {t('fields.rows.add')}
        </Button>
      </Stack>
    </FieldLabel>
  );
}
