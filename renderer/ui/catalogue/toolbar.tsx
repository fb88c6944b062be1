import { Button, CloseButton, SegmentedControl, Select, TextInput } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useId, useMemo, useState } from 'react';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import type { Term } from '@/core/model/vocabulary.ts';
import { useReference } from '../app/reference.tsx';
import type { Choice } from '../fields/choices.ts';
import { CodeSelect } from '../fields/code-select.tsx';
import { PLAIN_TYPING } from '../fields/typing/plain-typing.ts';
import { CloseIcon, FilterIcon, SearchIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { LANGUAGE_ORDER, OWN_NAMES } from '../language/own-names.ts';
import { type Browse, isFiltered, SHOWN } from './browse.ts';
import classes from './catalogue.module.css';

/** `5.3` before `16.1`, a goal before its targets. */
const byNumber = (one: string, other: string): number => {
  const [goal = 0, target = ''] = one.split('.').map((part, i) => (i === 0 ? Number(part) : part));
  const [otherGoal = 0, otherTarget = ''] = other
    .split('.')
    .map((part, i) => (i === 0 ? Number(part) : part));
  return Number(goal) - Number(otherGoal) || (String(target) < String(otherTarget) ? -1 : 1);
};

const numbered = ({ code, label }: Term): Choice => ({
  code,
  label: Object.fromEntries(LOCALES.map((locale) => [locale, `${code} · ${label[locale]}`])) as Term['label'],
});

/** Only what the catalogue speaks of: a filter that can find nothing is no help. */
function useFilterChoices() {
  const { catalogue, vocabularies } = useReference();
  return useMemo(() => {
    const of = (pick: (area: (typeof catalogue.areas)[number]) => readonly string[]) =>
      new Set(catalogue.areas.flatMap(pick));
    const among = (vocabulary: string, codes: ReadonlySet<string>) =>
      (vocabularies[vocabulary]?.terms ?? []).filter(({ code }) => codes.has(code));
    const targets = of((area) => area.sdgTargets.map(({ target }) => target));
    const goals = new Set([...targets].map((target) => target.split('.')[0] ?? target));
    return {
      themes: among(
        'themes',
        of((area) => area.themes),
      ),
      groups: among(
        'groups',
        of((area) => area.groups),
      ),
      sdg: [...among('sdg-goals', goals), ...among('sdg-targets', targets)]
        .map(numbered)
        .sort((one, other) => byNumber(one.code, other.code)),
    };
  }, [catalogue, vocabularies]);
}

/** Words to look for, and filters that narrow the outline together. */
export function Toolbar(props: {
  readonly browse: Browse;
  readonly onBrowse: (edit: Partial<Browse>) => void;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly search: RefObject<HTMLInputElement | null>;
  /** Enter and the arrow down lead from the words to what they found. */
  readonly onFind: (how: 'open' | 'go') => void;
}) {
  const { browse, onBrowse, text, onText, search, onFind } = props;
  const t = useT();
  const choices = useFilterChoices();
  const [open, setOpen] = useState(false);
  const filtersId = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onFind('open');
    else if (event.key === 'ArrowDown') onFind('go');
    else if (event.key === 'Escape' && text !== '') onText('');
    else return;
    event.preventDefault();
  };
  return (
    <search className={classes.toolbar} aria-label={t('catalogue.find')}>
      <TextInput
        {...PLAIN_TYPING}
        ref={search}
        className={classes.search}
        label={t('catalogue.search')}
        placeholder={t('catalogue.searchHint')}
        leftSection={<SearchIcon size={18} aria-hidden />}
        rightSection={
          text === '' ? null : (
            <CloseButton
              size="sm"
              aria-label={t('catalogue.searchClear')}
              onClick={() => {
                onText('');
                search.current?.focus();
              }}
            />
          )
        }
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Button
        variant="default"
        className={classes.filterOpener}
        leftSection={<FilterIcon size={16} aria-hidden />}
        aria-expanded={open}
        aria-controls={filtersId}
        onClick={() => setOpen(!open)}
      >
        {t('catalogue.filters')}
      </Button>
      <div id={filtersId} className={classes.filters} data-open={open || isFiltered(browse) || undefined}>
        <CodeSelect
          label={t('catalogue.theme')}
          placeholder={t('catalogue.all')}
          options={choices.themes}
          value={browse.theme}
          onChange={(theme) => onBrowse({ theme })}
        />
        <CodeSelect
          label={t('catalogue.group')}
          placeholder={t('catalogue.all')}
          options={choices.groups}
          value={browse.group}
          onChange={(group) => onBrowse({ group })}
        />
        <CodeSelect
          label={t('catalogue.sdg')}
          placeholder={t('catalogue.all')}
          options={choices.sdg}
          value={browse.sdg}
          onChange={(sdg) => onBrowse({ sdg })}
        />
      </div>
      {(isFiltered(browse) || text !== '') && (
        <Button
          variant="default"
          leftSection={<CloseIcon size={16} aria-hidden />}
          onClick={() => {
            onText('');
            onBrowse({ theme: null, group: null, sdg: null });
            search.current?.focus();
          }}
        >
          {t('catalogue.clear')}
        </Button>
      )}
    </search>
  );
}

/** Which wording is shown: the letter's, a translation's, or both, and which language the translation is in. */
export function WordingSwitch(props: {
  readonly browse: Browse;
  readonly source: Locale;
  readonly onBrowse: (edit: Partial<Browse>) => void;
}) {
  const { browse, source, onBrowse } = props;
  const t = useT();
  return (
    <div className={classes.wording}>
      {browse.lang !== null && (
        <SegmentedControl
          size="sm"
          aria-label={t('catalogue.shown.label')}
          value={browse.shown}
          onChange={(value) => {
            const shown = SHOWN.find((each) => each === value);
            if (shown !== undefined) onBrowse({ shown });
          }}
          data={SHOWN.map((value) => ({ value, label: t(`catalogue.shown.${value}`) }))}
        />
      )}
      <Select
        size="sm"
        aria-label={t('catalogue.translation')}
        allowDeselect={false}
        value={browse.lang ?? 'none'}
        onChange={(value) => onBrowse({ lang: LOCALES.find((code) => code === value) ?? null })}
        data={[
          ...LANGUAGE_ORDER.filter((code) => code !== source).map((code) => ({
            value: code as string,
            label: OWN_NAMES[code],
          })),
          { value: 'none', label: t('catalogue.noTranslation') },
        ]}
      />
    </div>
  );
}
