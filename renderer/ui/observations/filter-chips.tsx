import { useCallback } from 'react';
import { useLabels, useReference } from '../app/reference.tsx';
import { CloseIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import classes from './chips.module.css';
import { type Filters, isNarrowed, NO_FILTERS } from './filters.ts';

/** One thing that narrows the list, in words, and the filters without it. */
export interface Chip {
  readonly key: string;
  readonly words: string;
  readonly without: Filters;
}

/** Everything that narrows a list, piece by piece. */
export function useChips(): (filters: Filters) => readonly Chip[] {
  const t = useT();
  const labels = useLabels();
  const format = useFormat();
  const { members } = useReference();
  return useCallback(
    (filters) => {
      const lists = [
        ['themes', (code: string) => labels.term('themes', code)],
        ['measures', (code: string) => code.replace(/^[A-Z]+-\d+-/, '')],
        ['directions', (code: string) => labels.term('directions', code)],
        ['langs', (code: string) => labels.term('languages', code)],
        ['kinds', (code: string) => labels.term('observation-kinds', code)],
        ['statuses', (code: string) => labels.term('statuses', code)],
        ['sensitivities', (code: string) => labels.term('sensitivities', code)],
        ['authors', (id: string) => members[id] ?? t('observations.row.unknownAuthor')],
        ['tags', (tag: string) => tag],
      ] as const;
      const chips: Chip[] = lists.flatMap(([name, words]) =>
        filters[name].map((value) => ({
          key: `${name}/${value}`,
          words: t('observations.chips.is', {
            name: t(`observations.filters.${name}`),
            value: words(value),
          }),
          without: { ...filters, [name]: filters[name].filter((other) => other !== value) },
        })),
      );
      const add = (key: string, words: string, edit: Partial<Filters>) =>
        chips.push({ key, words, without: { ...filters, ...edit } });
      if (filters.place !== null) add('place', labels.place(filters.place), { place: null });
      if (filters.from !== null)
        add('from', t('observations.chips.from', { date: format.date(filters.from) }), { from: null });
      if (filters.to !== null)
        add('to', t('observations.chips.to', { date: format.date(filters.to) }), { to: null });
      if (filters.wording !== 'both')
        add('wording', labels.term('wordings', filters.wording), { wording: 'both' });
      if (filters.conflictsOnly)
        add('conflicts', t('observations.filters.conflictsOnly'), { conflictsOnly: false });
      if (filters.deleted) add('deleted', t('observations.filters.deleted'), { deleted: false });
      return chips;
    },
    [t, labels, format, members],
  );
}

/** The chips above the list; each takes itself away, the last button all of them. */
export function FilterChips(props: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}) {
  const { filters, onChange } = props;
  const t = useT();
  const chips = useChips()(filters);
  if (!isNarrowed(filters)) return null;
  return (
    <ul className={classes.chips} aria-label={t('observations.chips.label')}>
      {chips.map((chip) => (
        <li key={chip.key}>
          <button
            type="button"
            className={classes.chip}
            aria-label={t('observations.chips.remove', { what: chip.words })}
            onClick={() => onChange(chip.without)}
          >
            <span>{chip.words}</span>
            <CloseIcon size={14} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          className={classes.clear}
          onClick={() => onChange({ ...NO_FILTERS, sort: filters.sort })}
        >
          {t('observations.chips.clear')}
        </button>
      </li>
    </ul>
  );
}
