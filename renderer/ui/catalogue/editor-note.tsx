import { InfoIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './area.module.css';
import { useView } from './view.ts';
import { OriginalBeside } from './wording.tsx';

/** A remark that is ours, not the letter's, and says so. */
export function EditorNote({ code, name }: { readonly code: string; readonly name: string }) {
  const t = useT();
  const { texts } = useView();
  if (texts.original(code, name) === null) return null;
  const { text, lang } = texts.one(code, name);
  return (
    <p className={classes.note}>
      <InfoIcon size={16} aria-hidden />
      <span>
        <b>{t('catalogue.editorial')}</b> <span lang={lang}>{text}</span>
        <OriginalBeside code={code} name={name} />
      </span>
    </p>
  );
}
