import { useCallback } from 'react';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import drafts from '../drafts/drafts.module.css';
import { useT } from '../language/language.tsx';

/** How many conflicts wait to be settled; nothing while there are none. */
export function ConflictCount() {
  const t = useT();
  const { conflicts } = useWorkspace();
  const ask = useCallback(() => conflicts.list(), [conflicts]);
  const { value } = useAnswer(ask);
  if (value === null || value.length === 0) return null;
  return (
    <span
      role="img"
      className={drafts.count}
      aria-label={t('app.nav.openConflicts', { figure: value.length })}
    >
      {value.length}
    </span>
  );
}
