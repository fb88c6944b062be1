import { Button, Group, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { navigate, paths } from '../app/route.ts';
import { useExchange } from '../exchange/exchange-state.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import stack from '../kit/stack.module.css';
import { useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';

/** One of the ways into a team: a field, what it does, and the team's page once that is done. */
export function WayForm(props: {
  /** The field holds something that can be tried. */
  readonly ready: boolean;
  readonly submitLabel: string;
  readonly onSubmit: () => Promise<void>;
  readonly onCancel: () => void;
  /** What went wrong, unless the field says it itself. */
  readonly error: unknown;
  readonly onError: (error: unknown) => void;
  readonly children: ReactNode;
}) {
  const { ready, submitLabel, onSubmit, onCancel, error, onError, children } = props;
  const t = useT();
  const { again } = useExchange();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    onError(null);
    try {
      await onSubmit();
      again();
      navigate(paths.team());
    } catch (failure) {
      onError(failure);
      setBusy(false);
    }
  };
  return (
    <form
      className={stack.panel}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && ready) void submit();
      }}
    >
      <Stack gap="sm">
        {children}
        {error !== null && <ErrorNote error={error} />}
        <Group gap="xs">
          <WriteButton type="submit" disabled={busy || !ready}>
            {submitLabel}
          </WriteButton>
          <Button variant="default" onClick={onCancel}>
            {t('kit.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
