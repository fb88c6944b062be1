import { Stack, Text, Title } from '@mantine/core';
import type { Locale } from '@/core/base/locales.ts';
import { termCode } from '@/core/model/correction.ts';
import { CodeSelect } from '../../fields/code-select.tsx';
import { useT } from '../../language/language.tsx';
import { OWN_NAMES } from '../../language/own-names.ts';
import { useView } from '../view.ts';

/** The way to the names of themes and groups: there is one of each for the whole program, so no place in the letter. */
export function TermCorrections({ lang }: { readonly lang: Locale }) {
  const t = useT();
  const { improve } = useView();
  return (
    <section aria-labelledby="correction-terms">
      <Stack gap="xs" maw="28rem">
        <Title order={3} id="correction-terms">
          {t('catalogue.terms.title', { language: OWN_NAMES[lang] })}
        </Title>
        <Text size="sm">{t('catalogue.terms.says')}</Text>
        {(['themes', 'groups'] as const).map((list) => (
          <CodeSelect
            key={list}
            label={t(`catalogue.terms.${list}`)}
            vocabulary={list}
            value={null}
            onChange={(code) => code !== null && improve(termCode(list, code))}
          />
        ))}
      </Stack>
    </section>
  );
}
