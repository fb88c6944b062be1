import { Text } from '@mantine/core';
import { useT } from '../language/language.tsx';
import { assessPassphrase, LEAST_CHARACTERS } from './strength.ts';
import classes from './vault.module.css';

const LEVELS = ['weak', 'fair', 'strong'] as const;

/** How strong a made-up passphrase about is, in words; the bars only repeat them. */
export function StrengthNote(props: { readonly passphrase: string; readonly name: string }) {
  const { passphrase, name } = props;
  const t = useT();
  const { strength, weakness } = assessPassphrase(passphrase, name);
  const length = passphrase.trim().length;
  const filled = LEVELS.indexOf(strength);
  const tooShort = length < LEAST_CHARACTERS;
  return (
    <Text component="div" size="sm" role="status" mih="1.3rem">
      {length > 0 && (
        <>
          <span className={classes.strength} aria-hidden>
            {LEVELS.map((level, index) => (
              <span
                key={level}
                className={classes.bar}
                data-level={!tooShort && index <= filled ? strength : undefined}
              />
            ))}
          </span>
          {tooShort
            ? t('vault.strength.short', { least: LEAST_CHARACTERS })
            : `${t(`vault.strength.${strength}`)}${weakness === null ? '' : ` ${t(`vault.strength.because.${weakness}`)}`}`}
        </>
      )}
    </Text>
  );
}
