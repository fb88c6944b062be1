import { useEffect, useRef, useState } from 'react';
import { ImportIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './incoming.module.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Takes in files that are dragged onto the window, wherever they are let go, and says so while they are over it. Text
 * that is dragged between fields is none of its business.
 *
 * The other way in, by keyboard, are the buttons of the screens that a file leads to.
 */
export function DropZone({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const t = useT();
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    let leaving: number | undefined;
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      window.clearTimeout(leaving);
      setOver(true);
      // Without this the browser would open the file in place of the page.
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    // Every element on the way is left and entered; only when nothing follows has the window been left.
    const onLeave = () => {
      window.clearTimeout(leaving);
      leaving = window.setTimeout(() => setOver(false), 120);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.clearTimeout(leaving);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={classes.over} role="status">
      <div className={classes.hint}>
        <ImportIcon size={40} aria-hidden />
        <strong>{t('incoming.hint.title')}</strong>
        <span>{t('incoming.hint.can')}</span>
        <span>{t('incoming.hint.first')}</span>
      </div>
    </div>
  );
}
