import { Text, Title } from '@mantine/core';
import { useLabels, useReference } from '../app/reference.tsx';
import { useFormat, useT } from '../language/language.tsx';
import classes from './catalogue.module.css';
import { CorrectionFiles } from './correction/files.tsx';
import { TermCorrections } from './correction/terms.tsx';
import { useView } from './view.ts';

/** What this catalogue is, what in it is the source's and what is ours. */
export function About() {
  const t = useT();
  const format = useFormat();
  const labels = useLabels();
  const { catalogue } = useReference();
  const { browse } = useView();
  const { source, areas } = catalogue;
  const measures = areas.reduce((sum, area) => sum + area.measures.length, 0);
  return (
    <section className={classes.about} aria-labelledby="about-catalogue">
      <Title order={2} id="about-catalogue">
        {labels.of(source.title)}
      </Title>
      <Text c="dimmed">{format.date(source.date)}</Text>
      <Text>{t('catalogue.about.size', { areas: areas.length, measures })}</Text>
      <Text>{t('catalogue.about.verbatim')}</Text>
      <Text>{t('catalogue.about.keys')}</Text>
      {browse.lang !== null && <TermCorrections lang={browse.lang} />}
      {browse.lang !== null && <CorrectionFiles lang={browse.lang} />}
    </section>
  );
}
