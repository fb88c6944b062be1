import { Text } from '@mantine/core';
import { AlertIcon } from '../../kit/icons.ts';
import { useErrorText } from '../../language/error-text.ts';
import { useFormat, useT } from '../../language/language.tsx';
import type { DraftState } from './draft-keeper.ts';
import classes from './form.module.css';

/** Whether what was typed is on the disk. Only a failure is read out: the rest would interrupt every pause. */
export function DraftLine({ state }: { readonly state: DraftState }) {
  const t = useT();
  const format = useFormat();
  const errorText = useErrorText();
  switch (state.state) {
    case 'none':
      return null;
    case 'typing':
      return (
        <Text size="sm" c="dimmed" data-draft="typing">
          {t('observation.draft.typing')}
        </Text>
      );
    case 'kept':
      return (
        <Text size="sm" c="dimmed" data-draft="kept">
          {t('observation.draft.kept', { time: format.time(state.at) })}
        </Text>
      );
    case 'failed': {
      const { says, todo } = errorText(state.error);
      return (
        <div role="alert" className={classes.failed} data-draft="failed">
          <AlertIcon size={18} aria-hidden />
          <span>
            {t('observation.draft.failed')} {says} {todo}
          </span>
        </div>
      );
    }
  }
}
