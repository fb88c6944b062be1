import { useT } from '../language/language.tsx';
import classes from './app-frame.module.css';

/** Stands on every screen of a practice vault, the locked ones included. */
export function DemoRibbon() {
  const t = useT();
  return (
    <div role="note" className={classes.ribbon}>
      {t('app.demo')}
    </div>
  );
}
