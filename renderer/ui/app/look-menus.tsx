import { Button, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { isLocale } from '@/core/base/locales.ts';
import { LanguageIcon, SchemeAutoIcon, SchemeDarkIcon, SchemeLightIcon } from '../kit/icons.ts';
import { useLanguage, useT } from '../language/language.tsx';
import { LANGUAGE_ORDER, OWN_NAMES } from '../language/own-names.ts';

/** Chooses the interface language; each one under its own name. What is being typed stays as it is. */
export function LanguageMenu() {
  const t = useT();
  const { locale, setLocale } = useLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          px="xs"
          leftSection={<LanguageIcon size={18} aria-hidden />}
          aria-label={`${t('app.language')}: ${OWN_NAMES[locale]}`}
        >
          {OWN_NAMES[locale]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={locale} onChange={(value) => isLocale(value) && setLocale(value)}>
          {LANGUAGE_ORDER.map((code) => (
            <Menu.RadioItem key={code} value={code} lang={code} closeMenuOnClick>
              {OWN_NAMES[code]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

const SCHEMES = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];
const SCHEME_ICONS = { auto: SchemeAutoIcon, light: SchemeLightIcon, dark: SchemeDarkIcon } as const;

/** Chooses light, dark or the system's colours. `inWords` where nothing around says what the sign is for. */
export function SchemeMenu({ inWords = false }: { readonly inWords?: boolean }) {
  const t = useT();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = SCHEME_ICONS[colorScheme];
  const name = `${t('app.scheme.label')}: ${t(`app.scheme.${colorScheme}`)}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          px="xs"
          aria-label={name}
          leftSection={inWords ? <Icon size={18} aria-hidden /> : null}
        >
          {inWords ? name : <Icon size={18} aria-hidden />}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => {
            const scheme = SCHEMES.find((known) => known === value);
            if (scheme !== undefined) setColorScheme(scheme);
          }}
        >
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick>
              {t(`app.scheme.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
