import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import type { Observation, Translation } from '@/core/model/observation.ts';
import { termIn, useLabels, useReference } from '../../app/reference.tsx';
import { DateField } from '../../fields/date-field.tsx';
import { LineField } from '../../fields/line-field.tsx';
import { AddIcon } from '../../kit/icons.ts';
import { useToast } from '../../kit/toasts.tsx';
import { useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';
import classes from './form.module.css';
import type { BodyProps } from './form-section.tsx';

type Translations = Observation['translations'];

const TRANSLATED = ['title', 'narrative'] as const;

/** Languages with a translation, or with one begun: the key of the narrative stands for the language. */
const languagesOf = (translations: Translations): Locale[] =>
  LOCALES.filter((lang) => TRANSLATED.some((name) => `${name}/${lang}` in translations));

/** Translations beside their originals, one language after the other. */
export function TranslationsBody(props: BodyProps) {
  const { values, edit } = props;
  const t = useT();
  const labels = useLabels();
  const there = languagesOf(values.translations);
  const possible = LOCALES.filter((lang) => !there.includes(lang) && lang !== values.narrative.lang);
  return (
    <Stack gap="lg">
      {there.map((lang) => (
        <OneLanguage key={lang} {...props} lang={lang} />
      ))}
      {possible.length > 0 && (
        <Group gap="xs" role="group" aria-label={t('observation.translations.add')}>
          <Text size="sm" c="dimmed">
            {t('observation.translations.add')}
          </Text>
          {possible.map((lang) => (
            <Button
              key={lang}
              size="compact-sm"
              variant="default"
              leftSection={<AddIcon size={14} aria-hidden />}
              onClick={() =>
                edit(({ translations }) => ({
                  translations: {
                    ...translations,
                    [`narrative/${lang}`]: { text: '', translator: '', on: '' },
                  },
                }))
              }
            >
              {labels.term('languages', lang)}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  );
}

function OneLanguage({ values, edit, field, today, lang }: BodyProps & { readonly lang: Locale }) {
  const t = useT();
  const labels = useLabels();
  const nameOf = useFieldNames();
  const toast = useToast();
  const reference = useReference();
  const language = labels.term('languages', lang);
  const of = (name: (typeof TRANSLATED)[number]): Translation | undefined =>
    values.translations[`${name}/${lang}`];
  const { translator, on } = of('narrative') ?? of('title') ?? { translator: '', on: '' };

  const put = (name: (typeof TRANSLATED)[number], text: string) =>
    edit(({ translations }) => ({
      translations: { ...translations, [`${name}/${lang}`]: { text, translator, on } },
    }));
  const putBoth = (part: Partial<Translation>) =>
    edit(({ translations }) => ({
      translations: Object.fromEntries(
        Object.entries(translations).map(([key, translation]) => [
          key,
          key.endsWith(`/${lang}`) ? { ...translation, ...part } : translation,
        ]),
      ),
    }));
  const takeAway = () => {
    const ofLang = Object.entries(values.translations).filter(([key]) => key.endsWith(`/${lang}`));
    edit(({ translations }) => ({
      translations: Object.fromEntries(
        Object.entries(translations).filter(([key]) => !key.endsWith(`/${lang}`)),
      ),
    }));
    if (ofLang.every(([, { text }]) => text === '')) return;
    toast({
      text: ({ t, locale }) =>
        t('observation.translations.removed', { language: termIn(reference, 'languages', lang, locale) }),
      undo: async () =>
        edit(({ translations }) => ({ translations: { ...Object.fromEntries(ofLang), ...translations } })),
    });
  };

  return (
    <section aria-label={t('observation.translations.into', { language })}>
      <Group justify="space-between" mb="xs">
        <Title order={3}>{t('observation.translations.into', { language })}</Title>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={takeAway}>
          {t('observation.translations.remove', { language })}
        </Button>
      </Group>
      <Stack gap="sm">
        {TRANSLATED.map((name) => (
          <SimpleGrid key={name} cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="xs">
            <div>
              <Text size="sm" fw={600}>
                {t('observation.translations.original', { field: nameOf(name) })}
              </Text>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long original scrolls, and must with the keyboard too. */}
              <div lang={values[name].lang} className={classes.original} tabIndex={0}>
                {values[name].text || t('observation.values.empty')}
              </div>
            </div>
            <LineField
              {...field(`translations/${name}/${lang}`)}
              multiline={name === 'narrative'}
              maxLength={1_000_000}
              value={of(name)?.text ?? ''}
              onChange={(text) => put(name, text)}
            />
          </SimpleGrid>
        ))}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
          <LineField
            label={t('observation.translations.translator')}
            value={translator}
            onChange={(text) => putBoth({ translator: text })}
          />
          <DateField
            label={t('observation.translations.on')}
            value={on}
            onChange={(text) => putBoth({ on: text })}
            today={today}
          />
        </SimpleGrid>
      </Stack>
    </section>
  );
}
