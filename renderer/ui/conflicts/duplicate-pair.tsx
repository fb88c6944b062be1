import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { DuplicateHint } from '@/core/team-doors.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { LinkIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useFormat, useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';
import { Account } from './account.tsx';
import classes from './conflicts.module.css';

const REASONS = ['date', 'place', 'words', 'themes'] as const;
type Reason = (typeof REASONS)[number];
const isReason = (reason: string): reason is Reason => (REASONS as readonly string[]).includes(reason);

/** What two accounts have in common, as a list in words. */
export function useReasons(): (hint: DuplicateHint) => string {
  const t = useT();
  const format = useFormat();
  return ({ reasons }) =>
    format.list(reasons.filter(isReason).map((reason) => t(`duplicates.reasons.${reason}`)));
}

/** Two accounts that may tell of one event, side by side, and the person's judgement; a judgement can be taken back. */
export function DuplicatePair({ hint }: { readonly hint: DuplicateHint }) {
  const { one, other } = hint;
  const t = useT();
  const toast = useToast();
  const reasons = useReasons();
  const { conflicts } = useWorkspace();
  const [error, setError] = useState<unknown>(null);
  const judge = (verdict: 'same' | 'different') => {
    conflicts.judge(one, other, verdict, null).then(() => {
      setError(null);
      toast({
        text: ({ t }) => t(verdict === 'same' ? 'duplicates.linked' : 'duplicates.told'),
        undo: () => conflicts.judge(one, other, null, verdict),
      });
    }, setError);
  };
  return (
    <fieldset className={classes.pair} aria-label={t('duplicates.pair')}>
      <Text size="sm" mb="xs">
        {t('duplicates.common', { what: reasons(hint) })}
      </Text>
      <div className={classes.versions}>
        <Account id={one} />
        <Account id={other} />
      </div>
      <Group gap="xs" mt="xs">
        <WriteButton size="xs" leftSection={<LinkIcon size={16} aria-hidden />} onClick={() => judge('same')}>
          {t('duplicates.same')}
        </WriteButton>
        <WriteButton size="xs" variant="default" onClick={() => judge('different')}>
          {t('duplicates.different')}
        </WriteButton>
      </Group>
      {error !== null && <ErrorNote error={error} />}
    </fieldset>
  );
}
