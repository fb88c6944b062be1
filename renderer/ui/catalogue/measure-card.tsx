import { Anchor, Button } from '@mantine/core';
import type { Measure } from '@/core/model/recommendation.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { paths } from '../app/route.ts';
import { AddIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './area.module.css';
import { DirectionMarks } from './direction-marks.tsx';
import { EditorNote } from './editor-note.tsx';
import { Sentence } from './sentence.tsx';
import { NOTHING, shortCode, useView } from './view.ts';

/** One measure of an area: its words, what it is about, what was observed of it. */
export function MeasureCard(props: { readonly measure: Measure; readonly current: boolean }) {
  const { measure, current } = props;
  const { code, themes, groups } = measure;
  const t = useT();
  const { catalogue } = useReference();
  const { counts, pathOf } = useView();
  const short = shortCode(code, catalogue.code);
  return (
    <li
      id={code}
      tabIndex={-1}
      className={classes.measure}
      data-current={current || undefined}
      aria-label={short}
    >
      <div className={classes.measureHead}>
        <Anchor
          href={pathOf(code)}
          className={classes.measureCode}
          {...(current ? { 'aria-current': 'location' } : {})}
        >
          {short}
        </Anchor>
        <DirectionMarks tally={counts[code] ?? NOTHING} />
        <Button
          component="a"
          href={paths.newObservation({ measure: code })}
          size="compact-sm"
          variant="default"
          leftSection={<AddIcon size={14} aria-hidden />}
          aria-label={t('catalogue.observeOf', { code: short })}
          className={classes.observe}
        >
          {t('catalogue.observe')}
        </Button>
      </div>
      <Sentence code={code} />
      <EditorNote code={code} name="note" />
      <Topics themes={themes} groups={groups} />
    </li>
  );
}

/** Themes and groups, each a way to the other measures that share it. */
function Topics(props: { readonly themes: readonly string[]; readonly groups: readonly string[] }) {
  const t = useT();
  const labels = useLabels();
  const { browse, pathOf } = useView();
  const list = (name: 'theme' | 'group', vocabulary: string, codes: readonly string[]) =>
    codes.length === 0 ? null : (
      <div className={classes.topics}>
        <dt>{t(`catalogue.${name}`)}</dt>
        <dd>
          {codes.map((code) => (
            <Anchor
              key={code}
              href={pathOf(null, { theme: null, group: null, sdg: null, [name]: code })}
              className={classes.topic}
              data-chosen={browse[name] === code || undefined}
            >
              {labels.term(vocabulary, code)}
            </Anchor>
          ))}
        </dd>
      </div>
    );
  return (
    <dl className={classes.topicList}>
      {list('theme', 'themes', props.themes)}
      {list('group', 'groups', props.groups)}
    </dl>
  );
}
