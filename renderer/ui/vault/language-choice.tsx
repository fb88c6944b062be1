import { Radio } from '@mantine/core';
import { isLocale } from '@/core/base/locales.ts';
import { useLanguage, useT } from '../language/language.tsx';
import { LANGUAGE_ORDER, OWN_NAMES } from '../language/own-names.ts';
import classes from './vault.module.css';

/** The interface's languages, each under its own name; a choice takes effect at once. */
export function LanguageChoice() {
  const t = useT();
  const { locale, setLocale } = useLanguage();
  return (
    <Radio.Group
      label={t('app.language')}
      value={locale}
      onChange={(value) => isLocale(value) && setLocale(value)}
    >
      <div className={classes.languages}>
        {LANGUAGE_ORDER.map((code) => (
          <Radio
            key={code}
            value={code}
            label={<span lang={code}>{OWN_NAMES[code]}</span>}
            className={classes.choice}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
