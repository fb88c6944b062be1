import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useWorkspace } from '../app/workspace.tsx';
import { HideIcon, InfoIcon, RestoreIcon, ShowIcon } from '../kit/icons.ts';
import { useLanguage, useT } from '../language/language.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import { LEAST_CHARACTERS } from './strength.ts';
import { StrengthNote } from './strength-note.tsx';
import classes from './vault.module.css';

type Origin = 'made' | 'own';

/** A key and not its words: the language may change while they stand there. */
interface Fault {
  readonly field: 'first' | 'again';
  readonly why: 'notTheWords' | 'short' | 'notTheSame';
}

/** Equal as the vault compares: white space at the ends and its amount do not count. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, ' ').trim();

/**
 * Chooses a new passphrase: six drawn words, or one's own, typed twice either way. What was typed stays through a
 * failed attempt. Nothing is put on the clipboard: other programs, and on Windows other computers, read it.
 */
export function ChoosePassphrase(props: {
  readonly submitLabel: string;
  readonly onSubmit: (passphrase: string) => void;
  /** Work under way: fields and buttons rest. */
  readonly busy: boolean;
  /** What the person calls herself, which is no secret. */
  readonly name?: string;
  /** Above everything else: what has to be typed as well. */
  readonly before?: ReactNode;
  /** Between the fields and the buttons: an error, progress. */
  readonly children?: ReactNode;
  /** Beside the submit button. */
  readonly otherActions?: ReactNode;
}) {
  const { submitLabel, onSubmit, busy, name = '', before, children, otherActions } = props;
  const t = useT();
  const [origin, setOrigin] = useState<Origin>('made');
  const [made, setMade] = useState<string | null>(null);
  const [typed, setTyped] = useState({ made: '', own: '', again: '' });
  const [fault, setFault] = useState<Fault | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);

  const type = (edit: Partial<typeof typed>) => {
    setTyped({ ...typed, ...edit });
    setFault(null);
  };
  const refuse = (field: RefObject<HTMLInputElement | null>, next: Fault) => {
    setFault(next);
    field.current?.focus();
  };
  const submit = () => {
    if (origin === 'made') {
      if (made !== null && plain(typed.made) === plain(made)) return onSubmit(made);
      return refuse(first, { field: 'first', why: 'notTheWords' });
    }
    if (plain(typed.own).length < LEAST_CHARACTERS) {
      return refuse(first, { field: 'first', why: 'short' });
    }
    if (plain(typed.own) !== plain(typed.again)) {
      return refuse(again, { field: 'again', why: 'notTheSame' });
    }
    onSubmit(typed.own);
  };
  const errorAt = (field: Fault['field']) =>
    fault?.field === field ? t(`vault.choose.${fault.why}`, { least: LEAST_CHARACTERS }) : null;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) submit();
      }}
    >
      <Stack gap="md">
        {before}
        <Alert icon={<InfoIcon aria-hidden />} color="lake">
          {t('vault.choose.honest')}
        </Alert>
        <Radio.Group
          label={t('vault.choose.origin')}
          value={origin}
          onChange={(value) => {
            setOrigin(value === 'own' ? 'own' : 'made');
            setFault(null);
          }}
        >
          <div className={classes.choices}>
            <OriginChoice value="made" disabled={busy} label={t('vault.choose.made')}>
              {t('vault.choose.madeHint')}
            </OriginChoice>
            <OriginChoice value="own" disabled={busy} label={t('vault.choose.own')}>
              {t('vault.choose.ownHint', { least: LEAST_CHARACTERS })}
            </OriginChoice>
          </div>
        </Radio.Group>
        {origin === 'made' ? (
          <MadeWords made={made} onMade={setMade} busy={busy}>
            {(cover) => (
              <PassphraseField
                key="made"
                ref={first}
                label={t('vault.choose.typeThem')}
                description={t('vault.choose.typeThemHint')}
                value={typed.made}
                error={errorAt('first')}
                disabled={busy}
                onFocus={cover}
                onChange={(event) => type({ made: event.currentTarget.value })}
              />
            )}
          </MadeWords>
        ) : (
          <>
            <div>
              <PassphraseField
                key="own"
                ref={first}
                label={t('vault.choose.passphrase')}
                value={typed.own}
                error={errorAt('first')}
                disabled={busy}
                onChange={(event) => type({ own: event.currentTarget.value })}
              />
              {errorAt('first') === null && <StrengthNote passphrase={typed.own} name={name} />}
            </div>
            <PassphraseField
              ref={again}
              label={t('vault.choose.again')}
              value={typed.again}
              error={errorAt('again')}
              disabled={busy}
              onChange={(event) => type({ again: event.currentTarget.value })}
            />
          </>
        )}
        {children}
        <Group gap="sm">
          <Button type="submit" disabled={busy}>
            {submitLabel}
          </Button>
          {otherActions}
        </Group>
      </Stack>
    </form>
  );
}

function OriginChoice(props: {
  readonly value: Origin;
  readonly label: string;
  readonly disabled: boolean;
  readonly children: string;
}) {
  const { value, label, disabled, children } = props;
  return (
    <Radio
      value={value}
      label={label}
      description={children}
      disabled={disabled}
      className={classes.choice}
    />
  );
}

/** Six drawn words: covered until asked for, and again as soon as they are being typed, which shows whether they stick. */
function MadeWords(props: {
  readonly made: string | null;
  readonly onMade: (words: string) => void;
  readonly busy: boolean;
  readonly children: (cover: () => void) => ReactNode;
}) {
  const { made, onMade, busy, children } = props;
  const t = useT();
  const { locale } = useLanguage();
  const workspace = useWorkspace();
  const [shown, setShown] = useState(false);
  const draw = async () => onMade(await workspace.vault.suggestPassphrase(locale));
  const drawFirst = useRef(draw);
  useEffect(() => {
    if (made === null) void drawFirst.current();
  }, [made]);
  return (
    <>
      <Stack gap="xs">
        <div className={classes.words} aria-live="polite">
          {shown ? made : <Text className={classes.covered}>{t('vault.choose.covered')}</Text>}
        </div>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            disabled={made === null || busy}
            leftSection={shown ? <HideIcon size={16} aria-hidden /> : <ShowIcon size={16} aria-hidden />}
            onClick={() => setShown(!shown)}
          >
            {shown ? t('vault.choose.hide') : t('vault.choose.show')}
          </Button>
          {shown && (
            <Button
              variant="default"
              size="xs"
              disabled={busy}
              leftSection={<RestoreIcon size={16} aria-hidden />}
              onClick={() => void draw()}
            >
              {t('vault.choose.other')}
            </Button>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t('vault.choose.paper')}
        </Text>
      </Stack>
      {children(() => setShown(false))}
    </>
  );
}
