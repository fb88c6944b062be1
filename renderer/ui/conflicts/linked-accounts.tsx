import { Anchor, Group, Text, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { LinkedAccount as Linked } from '@/core/team-doors.ts';
import { useReference } from '../app/reference.tsx';
import { paths } from '../app/route.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { UnlinkIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import { WriteIcon } from '../space/write-button.tsx';
import { useAccount, useAccountTitle } from './account.tsx';
import { ConflictMark } from './conflict-mark.tsx';
import classes from './conflicts.module.css';

/** On an observation's page: what else was written of the same event, as people have judged. */
export function LinkedAccounts({ id }: { readonly id: string }) {
  const t = useT();
  const toast = useToast();
  const { conflicts } = useWorkspace();
  const [error, setError] = useState<unknown>(null);
  const ask = useCallback(() => conflicts.linked(id), [conflicts, id]);
  const linked = useAnswer(ask).value ?? [];
  if (linked.length === 0 && error === null) return null;
  const unlink = (other: string) => {
    conflicts.judge(id, other, null, 'same').then(() => {
      setError(null);
      toast({
        text: ({ t }) => t('duplicates.unlinked'),
        undo: () => conflicts.judge(id, other, 'same', null),
      });
    }, setError);
  };
  return (
    <section aria-labelledby="linked-accounts">
      <Title order={2} size="h4" id="linked-accounts" mb={4}>
        {t('duplicates.accounts')}
      </Title>
      <ul className={classes.linked}>
        {linked.map((other) => (
          <LinkedAccount key={other.id} linked={other} onUnlink={() => unlink(other.id)} />
        ))}
      </ul>
      {error !== null && <ErrorNote error={error} />}
    </section>
  );
}

function LinkedAccount(props: { readonly linked: Linked; readonly onUnlink: () => void }) {
  const { linked, onUnlink } = props;
  const { id, contested } = linked;
  const t = useT();
  const { members } = useReference();
  const titleOf = useAccountTitle();
  const { opened } = useAccount(id);
  if (opened === null) return null;
  const title = titleOf(opened);
  return (
    <Group component="li" gap="xs" wrap="nowrap" justify="space-between">
      <div style={{ minWidth: 0 }}>
        <Anchor href={paths.observation(id)} lang={opened.observation.title.lang}>
          {title}
        </Anchor>
        <Text size="sm" c="dimmed">
          {members[opened.author] ?? opened.author}
        </Text>
        <ConflictMark count={opened.conflicts.length} />
        {contested && (
          <Anchor href={paths.conflicts()} size="sm" display="block">
            {t('duplicates.contested')}
          </Anchor>
        )}
      </div>
      {/* A contested link is taken back where both verdicts stand side by side. */}
      {!contested && (
        <WriteIcon
          variant="subtle"
          color="gray"
          c="inherit"
          label={t('duplicates.unlink', { title })}
          onClick={onUnlink}
        >
          <UnlinkIcon size={16} aria-hidden />
        </WriteIcon>
      )}
    </Group>
  );
}
