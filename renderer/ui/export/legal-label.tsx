import { Anchor, Text } from '@mantine/core';
import { paths } from '../app/route.ts';
import { useT } from '../language/language.tsx';
import { OWN_NAMES } from '../language/own-names.ts';
import classes from './export.module.css';
import type { ChoiceProps } from './export-form.tsx';

/** The organisation's legal label as the file will carry it, in each of the file's languages. */
export function LegalLabel({ facts, choices }: ChoiceProps) {
  const t = useT();
  const { legalLabel } = facts.settings;
  const missing = choices.locales.filter((locale) => (legalLabel[locale] ?? '').trim() === '');
  return (
    <>
      {choices.locales.map((locale) => {
        const label = legalLabel[locale]?.trim() ?? '';
        if (label === '') return null;
        return (
          <blockquote key={locale} lang={locale} className={classes.legal}>
            {label}
          </blockquote>
        );
      })}
      {missing.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('export.legal.missing', { languages: missing.map((code) => OWN_NAMES[code]).join(', ') })}{' '}
          <Anchor href={paths.settings()} size="sm" underline="always">
            {t('export.legal.settings')}
          </Anchor>
        </Text>
      )}
    </>
  );
}
