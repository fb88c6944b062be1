import { Menu, UnstyledButton } from '@mantine/core';
import { type Locale, TEXT_LANGS, type TextLang } from '@/core/base/locales.ts';
import { DownIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { LANGUAGE_ORDER, OWN_NAMES } from '../language/own-names.ts';
import classes from './field.module.css';

const ORDER: readonly TextLang[] = [...LANGUAGE_ORDER, 'other'];

/** The language a text is in, as the language calls itself; opens a choice of the others. */
export function LanguageChip(props: {
  readonly lang: TextLang;
  /** True while the letters decide. */
  readonly guessed: boolean;
  readonly onChoose: (lang: TextLang) => void;
}) {
  const { lang, guessed, onChoose } = props;
  const t = useT();
  const nameOf = (code: TextLang) =>
    code === 'other' ? t('fields.language.other') : OWN_NAMES[code satisfies Locale];
  return (
    <Menu position="bottom-end" returnFocus={false}>
      <Menu.Target>
        <UnstyledButton
          className={classes.language}
          aria-label={t('fields.language.label', { language: nameOf(lang) })}
          title={guessed ? t('fields.language.guessed') : undefined}
        >
          {nameOf(lang)}
          <DownIcon size={12} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={lang}
          onChange={(value) => {
            const chosen = TEXT_LANGS.find((code) => code === value);
            if (chosen !== undefined) onChoose(chosen);
          }}
        >
          {ORDER.map((code) => (
            <Menu.RadioItem
              key={code}
              value={code}
              {...(code === 'other' ? {} : { lang: code })}
              closeMenuOnClick
            >
              {nameOf(code)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
