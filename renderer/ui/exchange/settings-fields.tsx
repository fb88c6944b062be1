import { Button, Group, PasswordInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { FolderIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import type { PointFields, PointProblem, PointProblems } from './point-fields.ts';

interface Part {
  readonly fields: PointFields;
  readonly problems: PointProblems;
  readonly onEdit: (edit: Partial<PointFields>) => void;
}

/** Where an exchange point is and what opens it, by its kind. */
export function SettingsFields(props: Part) {
  switch (props.fields.kind) {
    case 'folder':
      return <FolderFields {...props} />;
    case 'webdav':
      return <WebdavFields {...props} />;
    case 'relay':
      return <RelayFields {...props} />;
  }
}

function useProblemText(): (problem: PointProblem | undefined) => string | null {
  const t = useT();
  return (problem) => (problem === undefined ? null : t(`exchange.form.${problem}`));
}

/** Addresses and secrets are no prose: nothing may correct, capitalise or remember them. */
const PLAIN = { autoComplete: 'off', autoCapitalize: 'off', autoCorrect: 'off', spellCheck: false } as const;

function FolderFields({ fields, problems, onEdit }: Part) {
  const t = useT();
  const says = useProblemText();
  const workspace = useWorkspace();
  const [error, setError] = useState<unknown>(null);
  const ask = useCallback(() => workspace.about(), [workspace]);
  // A page in a browser has no window of the system to choose a folder in.
  const chooses = useAnswer(ask).value?.mode === 'electron';
  const choose = () => {
    workspace.sync.chooseFolder().then((path) => {
      setError(null);
      if (path !== null) onEdit({ path });
    }, setError);
  };
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        <TextInput
          {...PLAIN}
          label={t('exchange.form.path')}
          description={t('exchange.form.pathHint')}
          value={fields.path}
          error={says(problems.path)}
          style={{ flex: '1 1 14rem' }}
          onChange={(event) => onEdit({ path: event.currentTarget.value })}
        />
        {chooses && (
          <Button variant="default" leftSection={<FolderIcon size={16} aria-hidden />} onClick={choose}>
            {t('exchange.form.choose')}
          </Button>
        )}
      </Group>
      {error !== null && <ErrorNote error={error} />}
    </Stack>
  );
}

function WebdavFields({ fields, problems, onEdit }: Part) {
  const t = useT();
  const says = useProblemText();
  return (
    <Stack gap="sm">
      <TextInput
        {...PLAIN}
        label={t('exchange.form.url')}
        description={t('exchange.form.urlHint')}
        inputMode="url"
        value={fields.url}
        error={says(problems.url)}
        // What was compared was the certificate of another address.
        onChange={(event) => onEdit({ url: event.currentTarget.value, fingerprint: null })}
      />
      <TextInput
        {...PLAIN}
        label={t('exchange.form.user')}
        value={fields.user}
        error={says(problems.user)}
        onChange={(event) => onEdit({ user: event.currentTarget.value })}
      />
      <PasswordInput
        {...PLAIN}
        label={t('exchange.form.password')}
        description={t('exchange.form.secret')}
        value={fields.password}
        error={says(problems.password)}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('vault.field.show') }}
        onChange={(event) => onEdit({ password: event.currentTarget.value })}
      />
    </Stack>
  );
}

function RelayFields({ fields, problems, onEdit }: Part) {
  const t = useT();
  const says = useProblemText();
  return (
    <Stack gap="sm">
      <Textarea
        {...PLAIN}
        label={t('exchange.form.urls')}
        description={t('exchange.form.urlsHint')}
        autosize
        minRows={2}
        value={fields.urls}
        error={says(problems.urls)}
        onChange={(event) => onEdit({ urls: event.currentTarget.value, fingerprint: null })}
      />
      <PasswordInput
        {...PLAIN}
        label={t('exchange.form.seed')}
        description={t('exchange.form.secret')}
        value={fields.seed}
        error={says(problems.seed)}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('vault.field.show') }}
        onChange={(event) => onEdit({ seed: event.currentTarget.value })}
      />
    </Stack>
  );
}
