import { Group, Radio, useMantineColorScheme } from '@mantine/core';
import { useT } from '../language/language.tsx';
import { LanguageChoice } from '../vault/language-choice.tsx';
import { Section } from './section.tsx';

const SCHEMES = ['auto', 'light', 'dark'] as const;

/** Language and colours of the interface. */
export function LookSection() {
  const t = useT();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t('settings.look.title')} says={t('settings.look.says')}>
      <LanguageChoice />
      <Radio.Group
        label={t('app.scheme.label')}
        value={colorScheme}
        onChange={(value) => {
          const scheme = SCHEMES.find((known) => known === value);
          if (scheme !== undefined) setColorScheme(scheme);
        }}
      >
        <Group gap="lg" mt={4}>
          {SCHEMES.map((scheme) => (
            <Radio key={scheme} value={scheme} label={t(`app.scheme.${scheme}`)} />
          ))}
        </Group>
      </Radio.Group>
    </Section>
  );
}
