import { Button, Group, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { TargetKind, TargetState } from '@/core/team-doors.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ConfirmButton } from '../kit/confirm-button.tsx';
import { Disclosure } from '../kit/disclosure.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { DeleteIcon, DoneIcon } from '../kit/icons.ts';
import stack from '../kit/stack.module.css';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';
import { UnknownCertificate } from './certificate.tsx';
import classes from './exchange.module.css';
import { useExchange } from './exchange-state.tsx';
import { choiceOf, EMPTY_POINT, type PointFields, settingsOf, settingsProblems } from './point-fields.ts';
import { SettingsFields } from './settings-fields.tsx';
import { useTrying } from './use-trying.ts';

const KINDS: readonly TargetKind[] = ['folder', 'webdav', 'relay'];

/** Adds an exchange point (`target` null), or edits one: what was entered as its address and secrets is not shown again. */
export function PointForm(props: { readonly target: TargetState | null; readonly onClose: () => void }) {
  const { target, onClose } = props;
  const t = useT();
  const toast = useToast();
  const { sync } = useWorkspace();
  const { again } = useExchange();
  const [fields, setFields] = useState<PointFields>({
    ...EMPTY_POINT,
    ...(target === null ? {} : { kind: target.kind, name: target.name }),
  });
  /** New address and secrets are being entered. */
  const [anew, setAnew] = useState(target === null);
  const [checked, setChecked] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { trying, tryOut, rest } = useTrying();
  const first = useRef<HTMLFormElement>(null);
  useEffect(() => {
    first.current?.querySelector('input')?.focus();
  }, []);

  const problems = {
    ...(anew ? settingsProblems(fields) : {}),
    ...(fields.name.trim() === '' ? { name: 'missing' as const } : {}),
  };
  const shown = checked ? problems : {};
  const onEdit = (edit: Partial<PointFields>) => {
    setFields({ ...fields, ...edit });
    rest();
  };
  const faultless = (names: readonly string[]): boolean => {
    setChecked(true);
    return names.length === 0;
  };
  const tryNow = () => {
    if (faultless(Object.keys(problems).filter((name) => name !== 'name'))) void tryOut(settingsOf(fields));
  };
  const save = async () => {
    if (!faultless(Object.keys(problems))) return;
    setError(null);
    try {
      const { name, settings, ...switches } = choiceOf(fields);
      if (target === null) await sync.addTarget({ name, settings, ...switches });
      else await sync.setTarget(target.id, anew ? { name, settings } : { name });
      toast({ text: ({ t }) => t('exchange.form.saved', { name }) });
      again();
      onClose();
    } catch (failure) {
      setError(failure);
    }
  };
  const remove = async () => {
    if (target === null) return;
    try {
      await sync.removeTarget(target.id);
      toast({ text: ({ t }) => t('exchange.form.removed', { name: target.name }) });
      again();
      onClose();
    } catch (failure) {
      setError(failure);
    }
  };
  const accept = (fingerprint: string) => {
    const next = { ...fields, fingerprint };
    setFields(next);
    void tryOut(settingsOf(next));
  };

  const settings = (
    <Stack gap="sm">
      <SettingsFields fields={fields} problems={shown} onEdit={onEdit} />
      <Outcome trying={trying} onAccept={accept} onRefuse={rest} accepted={fields.fingerprint !== null} />
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        disabled={trying.state === 'trying'}
        onClick={tryNow}
      >
        {t(trying.state === 'trying' ? 'exchange.form.trying' : 'exchange.form.try')}
      </Button>
    </Stack>
  );
  return (
    <form
      ref={first}
      className={`${stack.panel} ${classes.form}`}
      aria-label={
        target === null ? t('exchange.form.add') : t('exchange.point.settingsOf', { name: target.name })
      }
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        {target === null && (
          <>
            <Title order={3}>{t('exchange.form.add')}</Title>
            <SegmentedControl
              className={classes.kinds}
              withItemsBorders={false}
              aria-label={t('exchange.kinds.label')}
              value={fields.kind}
              onChange={(kind) => onEdit({ kind: KINDS.find((known) => known === kind) ?? 'folder' })}
              data={KINDS.map((kind) => ({ value: kind, label: t(`exchange.kinds.${kind}`) }))}
            />
          </>
        )}
        <TextInput
          label={t('exchange.form.name')}
          description={t('exchange.form.nameHint')}
          value={fields.name}
          maxLength={80}
          autoComplete="off"
          error={shown.name === undefined ? null : t('exchange.form.missing')}
          onChange={(event) => onEdit({ name: event.currentTarget.value })}
        />
        {target === null ? (
          settings
        ) : (
          <>
            <Text size="sm" c="dimmed">
              {t('exchange.form.againHint')}
            </Text>
            <Disclosure label={t('exchange.form.again')} onToggle={setAnew}>
              {() => settings}
            </Disclosure>
          </>
        )}
        {error !== null && <ErrorNote error={error} />}
        <Group gap="xs">
          <WriteButton type="submit">{t('exchange.form.save')}</WriteButton>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          {target !== null && (
            <ConfirmButton
              variant="subtle"
              color="red"
              icon={<DeleteIcon size={16} aria-hidden />}
              question={t('exchange.point.removeAsks')}
              confirmLabel={t('exchange.point.removeYes')}
              onConfirm={() => void remove()}
            >
              {t('exchange.point.remove')}
            </ConfirmButton>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function Outcome(props: {
  readonly trying: ReturnType<typeof useTrying>['trying'];
  readonly accepted: boolean;
  readonly onAccept: (fingerprint: string) => void;
  readonly onRefuse: () => void;
}) {
  const { trying, accepted, onAccept, onRefuse } = props;
  const t = useT();
  switch (trying.state) {
    case 'untrusted':
      return (
        <UnknownCertificate
          fingerprint={trying.fingerprint}
          onAccept={() => onAccept(trying.fingerprint)}
          onRefuse={onRefuse}
        />
      );
    case 'failed':
      return <ErrorNote error={trying.error} />;
    case 'works':
      return (
        <Text role="status" className={classes.works}>
          <DoneIcon size={18} aria-hidden />
          {accepted && `${t('exchange.certificate.accepted')} `}
          {t('exchange.form.works')}
        </Text>
      );
    default:
      return null;
  }
}
