import type { CSSProperties, ReactNode } from 'react';
import { createPortal } from 'react-dom';
import print from './printed-sheet.module.css';
import classes from './word-list.module.css';

interface Words {
  readonly words: readonly string[];
  /** What the list is, for who cannot see it. */
  readonly label: string;
}

/** Two columns that are read downwards. */
const rowsOf = (words: readonly string[]): CSSProperties => ({
  ['--rows' as string]: Math.ceil(words.length / 2),
});

function Numbered({ words, label, className }: Words & { readonly className: string | undefined }) {
  return (
    <ol className={className} aria-label={label} style={rowsOf(words)}>
      {words.map((word, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells two equal words apart.
        <li key={index}>{word}</li>
      ))}
    </ol>
  );
}

/** Words in order; numbers are drawn by the style, so a screen reader counts the list itself. */
export function WordList(props: Words) {
  return <Numbered {...props} className={classes.words} />;
}

/** What comes out of the printer in place of the screen: words and what they are for, and nothing of the vault. */
export function PrintedSheet(
  props: Words & {
    readonly title: string;
    readonly date: string;
    /** Paragraphs below the words. */
    readonly says: readonly string[];
    readonly children?: ReactNode;
  },
) {
  const { words, label, title, date, says, children } = props;
  return createPortal(
    <div className={print.sheet}>
      <h1>{title}</h1>
      <p>{date}</p>
      <Numbered words={words} label={label} className={print.words} />
      {children}
      {says.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </div>,
    document.body,
  );
}
