import { Combobox, Group, Text, TextInput, useCombobox } from '@mantine/core';
import { type Ref, useEffect, useRef, useState } from 'react';
import { useLabels } from '../app/reference.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import { CheckIcon, SearchIcon } from '../kit/icons.ts';
import { useLanguage, useT } from '../language/language.tsx';
import { useEarlyEnter } from './early-enter.ts';
import classes from './field.module.css';
import { IN_PLACE } from './field.tsx';
import { MeasureSentence } from './measure-words.tsx';
import { type ShownMeasure, useMeasures } from './measures.ts';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/** At first, and by how many the list grows. */
const STEP = 10;

/**
 * Finds measures by words in any language or by code; without a query it offers those of the chosen themes. Enter adds
 * the marked one. An area that matches stands for its measures.
 */
export function MeasureSearch(props: {
  readonly id?: string | undefined;
  readonly ref: Ref<HTMLInputElement>;
  readonly themes: readonly string[];
  readonly linked: (code: string) => boolean;
  readonly onAdd: (code: string) => void;
  readonly invalid: boolean;
}) {
  const { id, ref, themes, linked, onAdd, invalid } = props;
  const t = useT();
  const labels = useLabels();
  const { locale } = useLanguage();
  const { reference } = useWorkspace();
  const { all, byCode, byArea } = useMeasures();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly ShownMeasure[] | null>(null);
  const [most, setMost] = useState(STEP);
  const asked = useRef(0);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });

  const searching = query.trim() !== '';
  const suggested = all.filter((measure) => measure.themes.some((theme) => themes.includes(theme)));
  const matching = searching ? (found ?? []) : suggested;
  const offered = matching.slice(0, most);

  const take = (code: string) => {
    setQuery('');
    setFound(null);
    combobox.closeDropdown();
    onAdd(code);
  };
  const enter = useEarlyEnter(take);

  const search = async (text: string) => {
    setQuery(text);
    setMost(STEP);
    const turn = ++asked.current;
    if (text.trim() === '') {
      enter.answered(undefined);
      return setFound(null);
    }
    enter.asked();
    // What stands there answers an older question: it can be pointed at, but Enter must not take it.
    combobox.resetSelectedOption();
    const hits = await reference.searchMeasures(text, locale).catch(() => []);
    // An answer to an older question is no answer.
    if (turn !== asked.current) return;
    const measures = hits.flatMap(({ code }) => {
      const measure = byCode.get(code);
      return measure === undefined ? (byArea.get(code) ?? []) : [measure];
    });
    setFound([...new Set(measures)]);
    // As for an Enter that comes later, what is linked already is passed over.
    enter.answered(measures.find(({ code }) => !linked(code))?.code);
  };

  // What Enter would add is marked as soon as it is there.
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (searching && found !== null && found.length > 0) selectFirstOption();
  }, [searching, found, selectFirstOption]);

  const option = (measure: ShownMeasure) => (
    <Combobox.Option key={measure.code} value={measure.code} disabled={linked(measure.code)}>
      <Group justify="space-between" gap="xs">
        <Text span size="xs" fw={600}>
          {measure.code}
        </Text>
        {linked(measure.code) && (
          <Text span size="xs" className={classes.second}>
            <CheckIcon size={12} aria-hidden /> {t('fields.measures.linked')}
          </Text>
        )}
      </Group>
      <MeasureSentence
        words={measure.translation ?? measure.original}
        lang={measure.translation === null ? measure.originalLang : locale}
      />
      {measure.translation !== null && (
        <MeasureSentence words={measure.original} lang={measure.originalLang} size="xs" dimmed />
      )}
      <Text size="xs" className={classes.second}>
        {measure.themes.map((theme) => labels.term('themes', theme)).join(' · ')}
      </Text>
    </Combobox.Option>
  );

  return (
    <Combobox store={combobox} {...IN_PLACE} onOptionSubmit={take}>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          {...PLAIN_TYPING}
          ref={ref}
          {...(id === undefined ? {} : { id })}
          error={invalid}
          aria-label={t('fields.measures.search')}
          leftSection={<SearchIcon size={16} aria-hidden />}
          placeholder={t('fields.measures.placeholder')}
          value={query}
          onKeyDown={enter.onKeyDown}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            combobox.openDropdown();
            void search(event.currentTarget.value);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!searching && offered.length === 0}>
        <Combobox.Options
          aria-label={t('fields.measures.search')}
          mah="min(26rem, 50vh)"
          style={{ overflowY: 'auto' }}
        >
          {offered.length > 0 && (
            <Combobox.Group label={t(searching ? 'fields.measures.found' : 'fields.measures.suggested')}>
              {offered.map(option)}
            </Combobox.Group>
          )}
          {searching && found !== null && offered.length === 0 && (
            <Combobox.Empty>{t('fields.measures.nothing')}</Combobox.Empty>
          )}
        </Combobox.Options>
        {matching.length > offered.length && (
          <Combobox.Footer
            onMouseDown={(event) => {
              // The focus stays in the line.
              event.preventDefault();
              setMost(most + STEP);
            }}
            style={{ cursor: 'pointer' }}
          >
            {t('fields.measures.more', { count: matching.length - offered.length })}
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
