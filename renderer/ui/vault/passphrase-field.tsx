import { Group, PasswordInput, type PasswordInputProps, Text } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { AlertIcon, KeyboardIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './vault.module.css';

type Letters = 'cyrillic' | 'latin';

function lettersOf(key: string): Letters | null {
  if (/^\p{Script=Cyrillic}$/u.test(key)) return 'cyrillic';
  return /^\p{Script=Latin}$/u.test(key) ? 'latin' : null;
}

/**
 * A field for a secret: hidden or shown, with what usually goes wrong said before it does (Caps Lock, and which letters
 * the keyboard gives just now).
 *
 * `one-time-code` keeps browsers from offering to store what was typed, which `off` does not.
 */
export function PassphraseField(props: Omit<PasswordInputProps, 'label'> & { readonly label: string }) {
  const { onKeyDown, onKeyUp, ...rest } = props;
  const t = useT();
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const [letters, setLetters] = useState<Letters | null>(null);
  const hintId = useId();
  const observe = (event: KeyboardEvent<HTMLInputElement>) => {
    setCapsLock(event.getModifierState('CapsLock'));
    if (event.type !== 'keydown' || event.ctrlKey || event.altKey) return;
    const seen = lettersOf(event.key);
    if (seen !== null) setLetters(seen);
  };
  return (
    <div>
      <PasswordInput
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        {...rest}
        aria-describedby={hintId}
        visible={shown}
        onVisibilityChange={setShown}
        visibilityToggleButtonProps={{
          'aria-label': shown ? t('vault.field.hide') : t('vault.field.show'),
          'aria-hidden': false,
          tabIndex: 0,
        }}
        onKeyDown={(event) => {
          observe(event);
          onKeyDown?.(event);
        }}
        onKeyUp={(event) => {
          observe(event);
          onKeyUp?.(event);
        }}
      />
      <Group id={hintId} gap="md" mt={4} className={classes.keys}>
        {letters !== null && (
          <Text span size="xs" c="dimmed" className={classes.hint}>
            <KeyboardIcon size={14} aria-hidden />
            {t(`vault.field.${letters}`)}
          </Text>
        )}
        <Text span size="xs" c="red" fw={600} className={classes.hint} role="status">
          {capsLock && (
            <>
              <AlertIcon size={14} aria-hidden />
              {t('vault.field.capsLock')}
            </>
          )}
        </Text>
      </Group>
    </div>
  );
}
