import { ActionIcon, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { SeveralVersions } from '../conflicts/several-versions.tsx';
import { EditIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import { OWN_NAMES } from '../language/own-names.ts';
import classes from './catalogue.module.css';
import { useView } from './view.ts';

/** Says of a translation that it is unofficial, how far it has come, and whose words it is in; nothing of the original. */
export function TranslationState({ code }: { readonly code: string }) {
  const t = useT();
  const format = useFormat();
  const { texts, browse } = useView();
  if (browse.lang === null || browse.shown === 'original') return null;
  const { state, reviewer, on } = texts.state(code);
  const words =
    state === 'draft'
      ? t('catalogue.state.draft')
      : reviewer === undefined
        ? t('catalogue.state.reviewed')
        : on === undefined
          ? t('catalogue.state.reviewedBy', { reviewer })
          : t('catalogue.state.reviewedByOn', { reviewer, date: format.date(on) });
  return (
    <span className={classes.state} data-state={state}>
      {t('catalogue.unofficial')} · {words}
      {texts.isCorrected(code) && ` · ${t('catalogue.corrected')}`}
      {texts.isContested(code) && (
        <>
          {' · '}
          <SeveralVersions />
        </>
      )}
    </span>
  );
}

/** The original of a remark beside its translation, where both are asked for. */
export function OriginalBeside({ code, name }: { readonly code: string; readonly name: string }) {
  const { texts, browse } = useView();
  const original = texts.original(code, name);
  if (original === null || browse.shown !== 'both' || texts.translation(code, name) === null) return null;
  return (
    <span className={classes.beside} lang={original.lang}>
      {original.text}
    </span>
  );
}

/** Opens the editor of an entry's translation; `of` names the entry. In lists it is a sign without a word. */
export function ImproveButton(props: {
  readonly code: string;
  readonly of: string;
  readonly worded?: boolean;
}) {
  const { code, of, worded = false } = props;
  const t = useT();
  const { improve, browse } = useView();
  if (browse.lang === null || browse.shown === 'original') return null;
  const name = t('catalogue.improveOf', { of });
  if (!worded) {
    return (
      <ActionIcon size="sm" variant="subtle" aria-label={name} title={name} onClick={() => improve(code)}>
        <EditIcon size={14} aria-hidden />
      </ActionIcon>
    );
  }
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<EditIcon size={14} aria-hidden />}
      aria-label={name}
      onClick={() => improve(code)}
    >
      {t('catalogue.improve')}
    </Button>
  );
}

/**
 * The two wordings side by side, or the one that is asked for: the letter's words exactly as they are, the translation
 * with its state. Where there is no translation, the letter's words stand alone.
 */
export function SideBySide(props: {
  readonly code: string;
  /** Names the entry for those who do not see where the button is. */
  readonly of: string;
  readonly original: ReactNode;
  /** Null where there is none. */
  readonly translation: ReactNode | null;
  /** The caption of the letter's words; left out in lists, where it would repeat itself. */
  readonly captioned?: boolean;
}) {
  const { code, of, original, translation, captioned = false } = props;
  const t = useT();
  const { browse } = useView();
  const { lang, shown } = browse;
  const withTranslation = lang !== null && shown !== 'original';
  const withOriginal = !withTranslation || shown === 'both' || translation === null;
  return (
    <div className={classes.sides}>
      {withOriginal && (
        <div className={classes.side}>
          {captioned && <span className={classes.caption}>{t('catalogue.verbatim')}</span>}
          {original}
        </div>
      )}
      {withTranslation && (
        <div className={classes.side} data-side="translation">
          {captioned && <span className={classes.caption}>{OWN_NAMES[lang]}</span>}
          {translation ?? <p className={classes.missing}>{t('catalogue.untranslated')}</p>}
          <div className={classes.stateLine}>
            <TranslationState code={code} />
            <ImproveButton code={code} of={of} worded={captioned} />
          </div>
        </div>
      )}
    </div>
  );
}
