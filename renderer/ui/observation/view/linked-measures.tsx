import { Anchor, Group, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import type { Direction, Observation } from '@/core/model/observation.ts';
import { useLabels, useReference } from '../../app/reference.tsx';
import { paths } from '../../app/route.ts';
import { NoChangeIcon, ProgressIcon, RegressionIcon } from '../../kit/icons.ts';
import { useLanguage, useT } from '../../language/language.tsx';
import { HistoryButton } from '../history/history-button.tsx';
import classes from './view.module.css';

const ICONS = { progress: ProgressIcon, 'no-change': NoChangeIcon, regression: RegressionIcon } as const;

/** A direction as sign and word. */
function DirectionMark({ direction }: { readonly direction: Direction }) {
  const labels = useLabels();
  const Icon = ICONS[direction];
  return (
    <span className={classes.direction} data-direction={direction}>
      <Icon size={18} aria-hidden />
      {labels.term('directions', direction)}
    </span>
  );
}

/** Words of measures in the interface language, or verbatim in the letter's own where no translation is. */
function useMeasureTexts(): (code: string) => { readonly text: string; readonly lang: Locale } | null {
  const { catalogue } = useReference();
  const { locale } = useLanguage();
  return useMemo(() => {
    const measures = new Map(
      catalogue.areas.flatMap((area) => area.measures.map((measure) => [measure.code, { measure, area }])),
    );
    return (code) => {
      const found = measures.get(code);
      if (found === undefined) return null;
      const translated = catalogue.translations[locale]?.items[code]?.text;
      return translated === undefined
        ? { text: found.measure.text, lang: found.area.lang }
        : { text: translated, lang: locale };
    };
  }, [catalogue, locale]);
}

/** The measures that the observation speaks to, each with its direction and what was noted. */
export function LinkedMeasures(props: {
  readonly links: Observation['links'];
  readonly onHistory: (register: string) => void;
}) {
  const { links, onHistory } = props;
  const t = useT();
  const textOf = useMeasureTexts();
  const codes = Object.keys(links).sort();
  return (
    <section aria-labelledby="measures">
      <Title order={2} id="measures" mb="xs">
        {t('observation.sections.links')}
      </Title>
      {codes.length === 0 && <Text c="dimmed">{t('observation.view.noLinks')}</Text>}
      <ul className={classes.plainList}>
        {codes.map((code) => {
          const link = links[code];
          const words = textOf(code);
          if (link === undefined) return null;
          return (
            <li key={code} className={classes.card}>
              <Group gap="xs" justify="space-between">
                <Group gap="sm">
                  <Anchor href={paths.catalogue(code)} fw={600}>
                    {code}
                  </Anchor>
                  <DirectionMark direction={link.direction} />
                </Group>
                <HistoryButton register={`links/${code}`} onOpen={onHistory} />
              </Group>
              {words !== null && (
                <Text size="sm" lang={words.lang}>
                  {words.text}
                </Text>
              )}
              {link.comment !== '' && <Text className={classes.comment}>{link.comment}</Text>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
