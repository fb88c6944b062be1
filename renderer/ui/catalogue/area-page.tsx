import { Anchor, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Area } from '@/core/model/recommendation.ts';
import { useReference } from '../app/reference.tsx';
import { SeveralVersions } from '../conflicts/several-versions.tsx';
import { BackIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './area.module.css';
import { AreaFacts } from './area-facts.tsx';
import { DirectionMarks } from './direction-marks.tsx';
import { InTime } from './in-time.tsx';
import { MeasureCard } from './measure-card.tsx';
import { NOTHING, shortCode, useView } from './view.ts';
import { ImproveButton, SideBySide } from './wording.tsx';

/**
 * The letter's words, unaltered. The measures and what stands between them, one after the other, are the area's text
 * (a test of the seeds holds them to it), so the measure that is open can be marked in its sentence.
 */
function Verbatim({ area, current }: { readonly area: Area; readonly current: string }) {
  const at = area.measures.findIndex(({ code }) => code === current);
  const marked = area.measures[at];
  const joined = (measures: Area['measures']) =>
    measures.map(({ text, separator }) => text + separator).join('');
  return (
    <blockquote className={classes.verbatim} lang={area.lang}>
      {marked === undefined ? (
        <p>{area.text}</p>
      ) : (
        <p>
          {joined(area.measures.slice(0, at))}
          <mark className={classes.part}>{marked.text}</mark>
          {marked.separator}
          {joined(area.measures.slice(at + 1))}
        </p>
      )}
    </blockquote>
  );
}

/** The way from the outermost section to the area, each with a way to mend its title's translation. */
function Sections({ area }: { readonly area: Area }) {
  const t = useT();
  const { texts } = useView();
  return (
    <nav aria-label={t('catalogue.sections')}>
      <ol className={classes.sections}>
        {area.sectionCodes.map((code) => {
          const { text, lang } = texts.one(code, 'title');
          return (
            <li key={code}>
              <span lang={lang}>{text}</span>
              {texts.isContested(code) && <SeveralVersions />}
              <ImproveButton code={code} of={text} />
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** `#/catalogue/:code`: an area with everything that is known of it; a measure's code leads to its place there. */
export function AreaPage({ area, code }: { readonly area: Area; readonly code: string }) {
  const t = useT();
  const { catalogue } = useReference();
  const { texts, counts, pathOf } = useView();
  const article = useRef<HTMLElement>(null);
  const isMeasure = code !== area.code;
  const short = shortCode(area.code, catalogue.code);
  const title = texts.one(area.code, 'shortTitle');
  const translation = texts.translation(area.code, 'text');

  // After the frame, which scrolls every screen that is arrived at to its top.
  useEffect(() => {
    if (!isMeasure) return;
    const frame = requestAnimationFrame(() => {
      article.current?.querySelector(`#${CSS.escape(code)}`)?.scrollIntoView({ block: 'center' });
    });
    return () => cancelAnimationFrame(frame);
  }, [code, isMeasure]);

  return (
    <article ref={article} className={classes.page}>
      <Anchor href={pathOf(null)} size="sm" className={classes.back}>
        <BackIcon size={16} aria-hidden />
        {t('catalogue.back')}
      </Anchor>
      <header className={classes.head}>
        <Sections area={area} />
        <Title order={1}>
          <span className={classes.areaCode}>{short}</span> <span lang={title.lang}>{title.text}</span>
        </Title>
        {texts.isContested(area.code, 'shortTitle') && <SeveralVersions />}
        <DirectionMarks tally={counts[area.code] ?? NOTHING} worded />
      </header>
      <section aria-label={t('catalogue.wholeText')}>
        <SideBySide
          code={area.code}
          of={short}
          captioned
          original={<Verbatim area={area} current={code} />}
          translation={
            translation === null ? null : (
              <div className={classes.translated} lang={translation.lang}>
                <p>{translation.text}</p>
              </div>
            )
          }
        />
      </section>
      <AreaFacts area={area} />
      <section aria-labelledby="measures">
        <Title order={2} id="measures" mb="xs">
          {t('catalogue.measures')}
        </Title>
        <ol className={classes.measures}>
          {area.measures.map((measure) => (
            <MeasureCard key={measure.code} measure={measure} current={measure.code === code} />
          ))}
        </ol>
      </section>
      <InTime key={code} code={code} area={area.code} />
    </article>
  );
}
