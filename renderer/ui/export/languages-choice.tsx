import { Checkbox, Group, Select, Text } from '@mantine/core';
import { isLocale } from '@/core/base/locales.ts';
import { useT } from '../language/language.tsx';
import { LANGUAGE_ORDER, OWN_NAMES } from '../language/own-names.ts';
import type { ChoiceProps } from './choice-props.ts';

/** The languages of headers and coded values: one that leads, and any others beside it. */
export function LanguagesChoice({ choices, onChange }: ChoiceProps) {
  const t = useT();
  const [lead, ...others] = choices.locales;
  return (
    <>
      <Select
        label={t('export.languages.lead')}
        allowDeselect={false}
        maw="20rem"
        data={LANGUAGE_ORDER.map((code) => ({ value: code, label: OWN_NAMES[code] }))}
        value={lead ?? null}
        onChange={(code) => {
          if (code !== null && isLocale(code))
            onChange({ locales: [code, ...others.filter((other) => other !== code)] });
        }}
      />
      <Checkbox.Group
        label={t('export.languages.also')}
        value={others}
        onChange={(codes) => {
          if (lead !== undefined)
            onChange({ locales: [lead, ...LANGUAGE_ORDER.filter((code) => codes.includes(code))] });
        }}
      >
        <Group gap="xs" mt={4}>
          {LANGUAGE_ORDER.filter((code) => code !== lead).map((code) => (
            <Checkbox key={code} value={code} label={<span lang={code}>{OWN_NAMES[code]}</span>} />
          ))}
        </Group>
      </Checkbox.Group>
      <Text size="sm" c="dimmed">
        {t('export.languages.hint')}
      </Text>
    </>
  );
}
