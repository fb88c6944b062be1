import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { GrowingText } from '../kit/growing-text.tsx';
import { useT } from '../language/language.tsx';

/** Enough to show that the sheet exists, is legible and is numbered as it should be. */
const ASKED = 3;

/** Some places of the sheet, ascending, from 0. */
function drawPlaces(count: number): readonly number[] {
  const places = new Set<number>();
  while (places.size < Math.min(ASKED, count)) {
    // Which words are asked for is no secret; the vault checks them.
    places.add(Math.floor(Math.random() * count));
  }
  return [...places].sort((one, other) => one - other);
}

const sameWord = (one: string, other: string): boolean => {
  const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase().replaceAll('ё', 'е');
  return fold(one) === fold(other);
};

interface Checked {
  readonly onDone: () => void;
  readonly actions?: ReactNode;
}

/** Runs the vault's own check and keeps what came of it. */
function useCheck(onDone: () => void) {
  const workspace = useWorkspace();
  const [state, setState] = useState<'resting' | 'checking' | 'wrong'>('resting');
  const [error, setError] = useState<unknown>(null);
  const check = async (words: string) => {
    setState('checking');
    setError(null);
    try {
      if (await workspace.vault.confirmRecoveryWords(words)) return onDone();
      setState('wrong');
    } catch (failure) {
      setError(failure);
      setState('resting');
    }
  };
  return { state, error, check, rest: () => setState('resting') };
}

/** Asks for three of the words just shown; the vault is then opened with all twelve, so the check proves the slot as well. */
export function ConfirmSomeWords(props: Checked & { readonly words: readonly string[] }) {
  const { words, onDone, actions } = props;
  const t = useT();
  const { state, error, check } = useCheck(onDone);
  const [places] = useState(() => drawPlaces(words.length));
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const fields = useRef(new Map<number, HTMLInputElement | null>());
  const busy = state === 'checking';
  const submit = () => {
    const differing = places.filter((place) => !sameWord(typed[place] ?? '', words[place] ?? ''));
    setWrong(differing);
    if (differing[0] !== undefined) fields.current.get(differing[0])?.focus();
    else void check(words.join(' '));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) submit();
      }}
    >
      <Stack gap="md">
        <Text>{t('vault.confirm.some')}</Text>
        {places.map((place, index) => (
          <TextInput
            key={place}
            ref={(element) => {
              fields.current.set(place, element);
            }}
            label={t('vault.confirm.word', { number: place + 1 })}
            value={typed[place] ?? ''}
            error={wrong.includes(place) ? t('vault.confirm.wrongWord') : null}
            autoComplete="off"
            autoCapitalize="off"
            disabled={busy}
            maw="20rem"
            data-autofocus={index === 0 || undefined}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setTyped({ ...typed, [place]: value });
              setWrong(wrong.filter((other) => other !== place));
            }}
          />
        ))}
        {state === 'wrong' && <Text c="red">{t('vault.confirm.wrong')}</Text>}
        {error !== null && <ErrorNote error={error} />}
        {busy && <Busy label={t('vault.confirm.checking')} />}
        <Group gap="sm">
          <Button type="submit" disabled={busy}>
            {t('vault.confirm.submit')}
          </Button>
          {actions}
        </Group>
      </Stack>
    </form>
  );
}

/** Asks for all twelve, from the sheet: what is left when they are no longer known here. */
export function ConfirmAllWords(props: Checked) {
  const { onDone, actions } = props;
  const t = useT();
  const { state, error, check, rest } = useCheck(onDone);
  const [typed, setTyped] = useState('');
  const busy = state === 'checking';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void check(typed);
      }}
    >
      <Stack gap="sm">
        <GrowingText
          label={t('vault.confirm.all')}
          description={t('vault.confirm.allHint')}
          value={typed}
          error={state === 'wrong' ? t('vault.confirm.wrong') : null}
          rows={3}
          autoComplete="off"
          autoCapitalize="off"
          disabled={busy}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            rest();
          }}
        />
        {error !== null && <ErrorNote error={error} />}
        {busy && <Busy label={t('vault.confirm.checking')} />}
        <Group gap="sm">
          <Button type="submit" disabled={busy || typed.trim() === ''}>
            {t('vault.confirm.submit')}
          </Button>
          {actions}
        </Group>
      </Stack>
    </form>
  );
}
