import { Anchor, Text } from '@mantine/core';
import { paths } from '../app/route.ts';
import { useT } from '../language/language.tsx';
import { LANGUAGE_ORDER, OWN_NAMES } from '../language/own-names.ts';
import type { ChoiceProps } from './choice-props.ts';
import classes from './export.module.css';

/**
 * The organisation's legal label as the file will carry it: in each of the file's languages, or, for a language in
 * which it has none, in those in which it has one.
 */
export function LegalLabel({ facts, choices }: ChoiceProps) {
  const t = useT();
  const own = new Map(
    LANGUAGE_ORDER.map((code) => [code, facts.settings.legalLabel[code]?.trim() ?? ''] as const).filter(
      ([, text]) => text !== '',
    ),
  );
  const missing = choices.locales.filter((locale) => !own.has(locale));
  const shown = LANGUAGE_ORDER.filter(
    (code) => own.has(code) && (choices.locales.includes(code) || missing.length > 0),
  );
  return (
    <>
      {shown.map((locale) => (
        <blockquote key={locale} lang={locale} className={classes.legal}>
          {own.get(locale)}
        </blockquote>
      ))}
      {missing.length > 0 && (
        <Text size="sm" c="dimmed">
          {own.size === 0
            ? t('export.legal.none')
            : t('export.legal.missing', {
                languages: missing.map((code) => OWN_NAMES[code]).join(', '),
              })}{' '}
          <Anchor href={paths.settings()} size="sm" underline="always">
            {t('export.legal.settings')}
          </Anchor>
        </Text>
      )}
    </>
  );
}
