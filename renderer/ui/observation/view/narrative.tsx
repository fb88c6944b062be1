import { Group, Text, Title } from '@mantine/core';
import type { TextLang } from '@/core/base/locales.ts';
import { LOCALES } from '@/core/base/locales.ts';
import type { Observation, Translation } from '@/core/model/observation.ts';
import { useLabels } from '../../app/reference.tsx';
import { useFormat, useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';
import { HistoryButton } from '../history/history-button.tsx';
import classes from './view.module.css';

/** The narrative as running text in its own language, its translations beside it. */
export function Narrative(props: {
  readonly observation: Observation;
  readonly onHistory: (register: string) => void;
}) {
  const { observation, onHistory } = props;
  const { narrative, translations } = observation;
  const labels = useLabels();
  const t = useT();
  const nameOf = useFieldNames();
  const there = LOCALES.filter(
    (lang) => `narrative/${lang}` in translations || `title/${lang}` in translations,
  );
  return (
    <div className={there.length > 0 ? classes.beside : undefined}>
      <section aria-labelledby="narrative">
        <Group gap={4} mb={4}>
          <Title order={2} id="narrative">
            {nameOf('narrative')}
          </Title>
          <HistoryButton register="narrative" onOpen={onHistory} />
          {narrative.text.trim() !== '' && (
            <Text size="sm" c="dimmed">
              {labels.term('languages', narrative.lang)}
              {there.length > 0 && `, ${t('observation.view.original')}`}
            </Text>
          )}
        </Group>
        <Prose text={narrative.text} lang={narrative.lang} />
      </section>
      {there.map((lang) => (
        <Translated
          key={lang}
          lang={lang}
          title={translations[`title/${lang}`]}
          narrative={translations[`narrative/${lang}`]}
          onHistory={onHistory}
        />
      ))}
    </div>
  );
}

/** Paragraphs as they were typed. */
export function Prose({ text, lang }: { readonly text: string; readonly lang: TextLang | null }) {
  const t = useT();
  if (text.trim() === '') {
    return <Text c="dimmed">{t('observation.view.noNarrative')}</Text>;
  }
  return (
    <div className={classes.prose} lang={lang ?? undefined}>
      {text
        .split(/\n{2,}/u)
        .filter((paragraph) => paragraph.trim() !== '')
        .map((paragraph, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no identity but their place.
          <p key={i}>{paragraph}</p>
        ))}
    </div>
  );
}

function Translated(props: {
  readonly lang: TextLang;
  readonly title: Translation | undefined;
  readonly narrative: Translation | undefined;
  readonly onHistory: (register: string) => void;
}) {
  const { lang, title, narrative, onHistory } = props;
  const t = useT();
  const labels = useLabels();
  const format = useFormat();
  const language = labels.term('languages', lang);
  const { translator, on } = narrative ?? title ?? { translator: '', on: '' };
  const by = [translator, on === '' ? '' : format.date(on)].filter((part) => part !== '').join(', ');
  return (
    <section aria-label={t('observation.translations.into', { language })}>
      <Group gap={4} mb={4}>
        <Title order={2}>{t('observation.translations.into', { language })}</Title>
        <HistoryButton register={`translations/narrative/${lang}`} onOpen={onHistory} />
        {by !== '' && (
          <Text size="sm" c="dimmed">
            {by}
          </Text>
        )}
      </Group>
      {title !== undefined && title.text !== '' && (
        <Text fw={600} lang={lang} mb="xs">
          {title.text}
        </Text>
      )}
      {narrative !== undefined && <Prose text={narrative.text} lang={lang} />}
    </section>
  );
}
