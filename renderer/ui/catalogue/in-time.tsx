import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { DIRECTIONS } from '@/core/model/observation.ts';
import type { ObservationRow, Tally } from '@/core/workspace.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { paths } from '../app/route.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ConflictMark } from '../conflicts/conflict-mark.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { AddIcon } from '../kit/icons.ts';
import { useFormat, useLanguage, useT } from '../language/language.tsx';
import { NO_FILTERS } from '../observations/filters.ts';
import classes from './area.module.css';
import { DirectionMarks } from './direction-marks.tsx';
import { Timeline } from './timeline.tsx';
import { NOTHING, shortCode, useView } from './view.ts';

/** Rows shown at once; more on request. */
const PAGE = 12;
const SLOT = 'catalogue';

const covers = (code: string, measure: string): boolean => measure === code || measure.startsWith(`${code}.`);

/** Each direction once, however many measures of the area it was linked to. */
function tallyOf(row: ObservationRow, code: string): Tally {
  const there = new Set(row.links.filter(([measure]) => covers(code, measure)).map((link) => link[1]));
  return Object.fromEntries(
    DIRECTIONS.map((direction) => [direction, there.has(direction) ? 1 : 0]),
  ) as Record<keyof Tally, number>;
}

/** What was observed of an area or a measure: when, with which direction, and the records themselves. */
export function InTime({ code, area }: { readonly code: string; readonly area: string }) {
  const t = useT();
  const { locale } = useLanguage();
  const { catalogue } = useReference();
  const { observations, reference } = useWorkspace();
  const { counts, pathOf } = useView();
  const [wanted, setWanted] = useState(PAGE);
  const short = shortCode(code, catalogue.code);

  const query = useMemo(
    () => ({
      ...NO_FILTERS,
      text: '',
      measures: [code],
      sort: { by: 'date', descending: true } as const,
      locale,
    }),
    [code, locale],
  );
  const ask = useCallback(async () => {
    const { key, total } = await observations.query(SLOT, query);
    return { key, total, rows: await observations.page(key, 0, wanted) };
  }, [observations, query, wanted]);
  const askWhen = useCallback(() => reference.timeline(code), [reference, code]);
  const list = useKept(useAnswer(ask));
  const when = useAnswer(askWhen);

  const tally = counts[code] ?? NOTHING;
  const none = DIRECTIONS.every((direction) => tally[direction] === 0);
  return (
    <section aria-labelledby="in-time" className={classes.inTime}>
      <Group justify="space-between" gap="xs">
        <Title order={2} id="in-time">
          {t('catalogue.inTime.title', { code: short })}
        </Title>
        {code !== area && (
          <Button
            component="a"
            size="compact-md"
            href={paths.newObservation({ measure: code })}
            leftSection={<AddIcon size={16} aria-hidden />}
          >
            {t('catalogue.observe')}
          </Button>
        )}
      </Group>
      {code !== area && (
        <Anchor href={pathOf(area)} size="sm">
          {t('catalogue.inTime.ofArea', { code: shortCode(area, catalogue.code) })}
        </Anchor>
      )}
      {(list.error ?? when.error) !== null && (
        <ErrorNote
          error={list.error ?? when.error}
          onRetry={() => {
            list.again();
            when.again();
          }}
        />
      )}
      {none && list.value?.total === 0 && <Text c="dimmed">{t('catalogue.inTime.none')}</Text>}
      {when.value !== null && when.value.length > 0 && (
        <>
          <DirectionMarks tally={tally} worded />
          <Timeline timeline={when.value} />
        </>
      )}
      {list.value !== null && list.value.total > 0 && (
        <>
          <ul className={classes.records} aria-label={t('catalogue.inTime.list')}>
            {list.value.rows.map((row) => (
              <Record key={row.id} row={row} within={list.value?.key ?? ''} code={code} />
            ))}
          </ul>
          <Group gap="sm">
            {list.value.total > list.value.rows.length && (
              <Button size="compact-sm" variant="default" onClick={() => setWanted(wanted + 4 * PAGE)}>
                {t('catalogue.inTime.more', { rest: list.value.total - list.value.rows.length })}
              </Button>
            )}
            <Anchor size="sm" href={`${paths.observations()}?measure=${encodeURIComponent(code)}`}>
              {t('catalogue.inTime.inList')}
            </Anchor>
          </Group>
        </>
      )}
    </section>
  );
}

/** Asking for more rows leaves those on the screen until the longer list is there. */
function useKept<T>(answer: ReturnType<typeof useAnswer<T>>): ReturnType<typeof useAnswer<T>> {
  const [kept, setKept] = useState<T | null>(null);
  if (answer.value !== null && answer.value !== kept) setKept(answer.value);
  return { ...answer, value: answer.value ?? kept };
}

function Record(props: { readonly row: ObservationRow; readonly within: string; readonly code: string }) {
  const { row, within, code } = props;
  const t = useT();
  const format = useFormat();
  const labels = useLabels();
  const where = row.place === null ? row.placeLabel : labels.place(row.place);
  return (
    <li className={classes.record}>
      <span className={classes.recordDate}>
        {row.date === '' ? t('catalogue.inTime.noDate') : format.date(row.date, 'table')}
      </span>
      <span className={classes.recordTitle}>
        <Anchor
          href={paths.observation(row.id, { in: within })}
          {...(row.lang === 'other' ? {} : { lang: row.lang })}
        >
          {row.title === '' ? t('observation.view.untitled') : row.title}
        </Anchor>
        {where !== '' && <span className={classes.recordPlace}>{where}</span>}
        <ConflictMark count={row.conflicts} />
      </span>
      <DirectionMarks tally={tallyOf(row, code)} worded figures={false} />
    </li>
  );
}
