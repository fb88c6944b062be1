import { Anchor } from '@mantine/core';
import { entryTexts, reasonCode } from '@/core/model/correction.ts';
import type { Area } from '@/core/model/recommendation.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { useT } from '../language/language.tsx';
import classes from './area.module.css';
import { EditorNote } from './editor-note.tsx';
import { useView } from './view.ts';
import { ImproveButton, OriginalBeside, TranslationState } from './wording.tsx';

const RELATIONS = ['named', 'inferred'] as const;

/** Treaties the area rests on: those the letter names, apart from those we read into it. */
function Instruments({ area }: { readonly area: Area }) {
  const t = useT();
  const labels = useLabels();
  return RELATIONS.map((relation) => {
    const codes = area.instruments.filter((each) => each.relation === relation).map(({ code }) => code);
    if (codes.length === 0) return null;
    return (
      <div key={relation} className={classes.fact}>
        <dt>{t(`catalogue.instruments.${relation}`)}</dt>
        <dd>
          <ul className={classes.plain}>
            {codes.map((code) => (
              <li key={code}>{labels.term('instruments', code)}</li>
            ))}
          </ul>
        </dd>
      </div>
    );
  });
}

/** Targets of the Sustainable Development Goals: proposed by us, each with why. */
function Targets({ area }: { readonly area: Area }) {
  const t = useT();
  const labels = useLabels();
  const { pathOf } = useView();
  return (['proposed', 'confirmed'] as const).map((status) => {
    const targets = area.sdgTargets.filter((each) => each.status === status);
    if (targets.length === 0) return null;
    return (
      <div key={status} className={classes.fact}>
        <dt>{t(`catalogue.targets.${status}`)}</dt>
        <dd>
          <ul className={classes.plain}>
            {targets.map(({ target, reason }) => (
              <li key={target}>
                <Anchor href={pathOf(null, { theme: null, group: null, sdg: target })} fw={600}>
                  {target}
                </Anchor>{' '}
                {labels.term('sdg-targets', target)}
                <Reason target={target} reason={reason} />
              </li>
            ))}
          </ul>
        </dd>
      </div>
    );
  });
}

/** Why a target is proposed, with the state of its translation and the way to mend it. */
function Reason({ target, reason }: { readonly target: string; readonly reason: string }) {
  const t = useT();
  const { texts } = useView();
  const code = reasonCode(reason);
  const { text, lang } = texts.one(code, 'reason');
  return (
    <span className={classes.reason}>
      <span lang={lang}>{text}</span> <TranslationState code={code} />
      <ImproveButton code={code} of={`${t('catalogue.sdg')} ${target}`} />
      <OriginalBeside code={code} name="reason" />
    </span>
  );
}

/** What we add to an area, and say that we do. */
export function AreaFacts({ area }: { readonly area: Area }) {
  const { catalogue } = useReference();
  const notes = Object.keys(entryTexts(catalogue).get(area.code) ?? {}).filter((name) =>
    name.startsWith('notes/'),
  );
  return (
    <div className={classes.facts}>
      {notes.map((name) => (
        <EditorNote key={name} code={area.code} name={name} />
      ))}
      <dl className={classes.factList}>
        <Instruments area={area} />
        <Targets area={area} />
      </dl>
    </div>
  );
}
