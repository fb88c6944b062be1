import { useEffect, useState } from 'react';
import { useWorkspace } from '../app/workspace.tsx';
import { onDraftsChange } from './draft-signal.ts';
import classes from './drafts.module.css';
import { useTypedFields } from './use-field-drafts.tsx';

/** How many drafts wait to be saved; nothing while there are none. After a power cut this is where they are found. */
export function DraftCount() {
  const { drafts } = useWorkspace();
  const typed = useTypedFields();
  const [count, setCount] = useState(0);
  useEffect(() => {
    let over = false;
    const load = () => {
      drafts.list().then(
        (list) => {
          if (!over) setCount(list.length);
        },
        // The page of drafts says what is wrong with them.
        () => undefined,
      );
    };
    load();
    const stop = onDraftsChange(load);
    return () => {
      over = true;
      stop();
    };
  }, [drafts]);
  const all = count + typed.length;
  return all === 0 ? null : <span className={classes.count}>{all}</span>;
}
