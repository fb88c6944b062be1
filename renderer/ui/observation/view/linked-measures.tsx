import { Anchor, Group, Text, Title } from '@mantine/core';
import type { Direction, Observation } from '@/core/model/observation.ts';
import { useLabels } from '../../app/reference.tsx';
import { paths } from '../../app/route.ts';
import { MeasureSentence } from '../../fields/measure-words.tsx';
import { useMeasures } from '../../fields/measures.ts';
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

/** The measures that the observation speaks to, each with its direction and what was noted. */
export function LinkedMeasures(props: {
  readonly links: Observation['links'];
  readonly onHistory: (register: string) => void;
}) {
  const { links, onHistory } = props;
  const t = useT();
  const { byCode } = useMeasures();
  const { locale } = useLanguage();
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
          const measure = byCode.get(code);
          if (link === undefined) return null;
          return (
            <li key={code} className={classes.card}>
              <Group gap="xs" justify="space-between" align="flex-start" wrap="nowrap">
                <Group gap="sm">
                  <Anchor href={paths.catalogue(code)} fw={600}>
                    {code}
                  </Anchor>
                  <DirectionMark direction={link.direction} />
                </Group>
                <HistoryButton register={`links/${code}`} onOpen={onHistory} />
              </Group>
              {measure !== undefined && (
                <MeasureSentence
                  words={measure.translation ?? measure.original}
                  lang={measure.translation === null ? measure.originalLang : locale}
                />
              )}
              {link.comment !== '' && <Text className={classes.comment}>{link.comment}</Text>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
