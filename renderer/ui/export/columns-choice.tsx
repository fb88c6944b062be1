import { ActionIcon, Checkbox, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useLabels } from '../app/reference.tsx';
import { DownIcon, LockIcon, UpIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import type { ChoiceProps } from './choice-props.ts';
import classes from './export.module.css';
import { columnsOf, moveColumn, toggleColumn } from './export-choices.ts';

/**
 * The columns by name, or, for a person's own set, a list to tick and to order: with buttons, or with Alt and the
 * arrows while a column has the focus. Ticked columns stand first, in the file's order.
 */
export function ColumnsChoice({ facts, choices, onChange }: ChoiceProps) {
  const t = useT();
  const labels = useLabels();
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const { columns } = facts;
  const byCode = new Map(columns.map((column) => [column.code, column]));
  const nameOf = (code: string): string => {
    const column = byCode.get(code);
    return column === undefined ? code : labels.of(column.label);
  };
  const chosen = columnsOf(choices, columns);
  if (choices.columnSet !== 'own') {
    return (
      <Text size="sm" c="dimmed">
        {choices.columnSet === 'all'
          ? t('export.columns.every', { count: chosen.length })
          : `${t('export.columns.are', { count: chosen.length })} ${chosen.map(nameOf).join(', ')}`}
      </Text>
    );
  }
  const rest = columns.filter(({ code }) => !chosen.includes(code)).map(({ code }) => code);
  const setOwn = (own: readonly string[]) => onChange({ own });
  const move = (code: string, by: -1 | 1) => {
    const own = moveColumn(chosen, code, by);
    setOwn(own);
    setSaid(
      t('export.columns.moved', { name: nameOf(code), place: own.indexOf(code) + 1, total: own.length }),
    );
  };
  const focus = (code: string) => {
    const item = [...(list.current?.querySelectorAll<HTMLInputElement>('input') ?? [])];
    item.find((input) => input.value === code)?.focus();
  };
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('export.columns.how')}
      </Text>
      <ol ref={list} className={classes.columns} aria-label={t('export.columns.label')}>
        {[...chosen, ...rest].map((code) => {
          const place = chosen.indexOf(code);
          return (
            <li key={code} className={classes.column} data-chosen={place >= 0 || undefined}>
              <span className={classes.place} aria-hidden>
                {place >= 0 ? place + 1 : ''}
              </span>
              <Checkbox
                className={classes.grow}
                value={code}
                label={
                  <>
                    {nameOf(code)}
                    {byCode.get(code)?.sensitive === true && (
                      <span className={classes.sensitive}>
                        <LockIcon size={13} aria-hidden /> {t('export.columns.sensitive')}
                      </span>
                    )}
                  </>
                }
                checked={place >= 0}
                onChange={() => {
                  setOwn(toggleColumn(chosen, code));
                  // The column jumps to the end of the chosen ones, and the focus with it.
                  requestAnimationFrame(() => focus(code));
                }}
                onKeyDown={(event) => {
                  if (!event.altKey || (event.code !== 'ArrowUp' && event.code !== 'ArrowDown')) return;
                  event.preventDefault();
                  move(code, event.code === 'ArrowUp' ? -1 : 1);
                  requestAnimationFrame(() => focus(code));
                }}
              />
              {place >= 0 && (
                <>
                  <Mover up name={nameOf(code)} disabled={place === 0} onMove={() => move(code, -1)} />
                  <Mover
                    name={nameOf(code)}
                    disabled={place === chosen.length - 1}
                    onMove={() => move(code, 1)}
                  />
                </>
              )}
            </li>
          );
        })}
      </ol>
      <span role="status" className={classes.unseen}>
        {said}
      </span>
      {chosen.length === 0 && (
        <Text size="sm" c="var(--mantine-color-error)">
          {t('export.columns.none')}
        </Text>
      )}
    </>
  );
}

function Mover(props: {
  readonly up?: boolean;
  readonly name: string;
  readonly disabled: boolean;
  readonly onMove: () => void;
}) {
  const { up = false, name, disabled, onMove } = props;
  const t = useT();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="inherit"
      size="sm"
      aria-label={t(up ? 'export.columns.up' : 'export.columns.down', { name })}
      aria-disabled={disabled}
      {...(disabled ? { 'data-disabled': true } : {})}
      onClick={() => {
        if (!disabled) onMove();
      }}
    >
      {up ? <UpIcon size={16} aria-hidden /> : <DownIcon size={16} aria-hidden />}
    </ActionIcon>
  );
}
