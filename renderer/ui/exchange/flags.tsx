import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { SyncFlag, SyncOverview } from '@/core/team-doors.ts';
import { useReference } from '../app/reference.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { AlertIcon, CheckIcon } from '../kit/icons.ts';
import stack from '../kit/stack.module.css';
import { useNoticeText } from '../language/error-text.ts';
import { useFormat, useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';
import classes from './exchange.module.css';
import { useExchange } from './exchange-state.tsx';

/** What happened in the exchange that a person should know: in words, with its date, until it has been read. */
export function Flags({ overview }: { readonly overview: SyncOverview }) {
  const t = useT();
  const { sync } = useWorkspace();
  const { again } = useExchange();
  const [error, setError] = useState<unknown>(null);
  if (overview.flags.length === 0) return null;
  return (
    <section aria-labelledby="exchange-flags" className={classes.flags}>
      <Title order={2} id="exchange-flags">
        {t('exchange.flags.title')}
      </Title>
      <ul className={stack.list}>
        {overview.flags.map((flag) => (
          <Flag key={JSON.stringify(flag)} flag={flag} overview={overview} />
        ))}
      </ul>
      {error !== null && <ErrorNote error={error} />}
      <WriteButton
        size="xs"
        variant="default"
        leftSection={<CheckIcon size={16} aria-hidden />}
        style={{ justifySelf: 'start' }}
        onClick={() => {
          sync.dismissFlags().then(() => {
            setError(null);
            again();
          }, setError);
        }}
      >
        {t('exchange.flags.dismiss')}
      </WriteButton>
    </section>
  );
}

/** Long enough to tell one device of a team from another; the history of an observation shows as much. */
const DEVICE_LETTERS = 6;

function Flag({ flag, overview }: { readonly flag: SyncFlag; readonly overview: SyncOverview }) {
  const { code, detail, at } = flag;
  const t = useT();
  const format = useFormat();
  const { members } = useReference();
  const nameOf = (id: string | number | undefined) => (id === undefined ? undefined : members[id]);
  // Who was let in a moment ago may have no name here yet.
  const text = useNoticeText()({ code, detail: { ...detail, name: nameOf(detail.of) ?? detail.of ?? '' } });
  // A flag may outlive the point it tells of, so it names it as it was called.
  const named = overview.targets.find(({ id }) => id === detail.target)?.name ?? detail.target;
  const target = typeof named === 'string' ? named : undefined;
  const member = nameOf(detail.member);
  const device =
    typeof detail.device === 'string'
      ? t('exchange.flags.device', { code: detail.device.slice(0, DEVICE_LETTERS) })
      : undefined;
  const whom = [target, member, device].filter((part) => part !== undefined);
  return (
    <li className={classes.flag}>
      <AlertIcon size={18} aria-hidden />
      <Stack gap={2}>
        <Text size="sm" c="dimmed">
          {[format.dateTime(at), ...whom].join(' · ')}
        </Text>
        <b>{text.says}</b>
        <Text size="sm">{text.todo}</Text>
      </Stack>
    </li>
  );
}
