import '@mantine/core/styles.css';
import '@/ui/kit/fonts.css';
import '@/ui/kit/global.css';
import type { MantineColorScheme } from '@mantine/core';
import { Container, Stack } from '@mantine/core';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Json } from '@/core/base/json.ts';
import { isLocale, type Locale } from '@/core/base/locales.ts';
import type { Form } from '@/core/model/form.ts';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import { keysOf, tokens } from '@/core/search/fold.ts';
import { readSeeds } from '@/core/workspace/reference-data.ts';
import type { Workspace } from '@/core/workspace.ts';
import { Look } from '@/ui/app/app.tsx';
import { ReferenceProvider, useReference } from '@/ui/app/reference.tsx';
import { WorkspaceProvider } from '@/ui/app/workspace.tsx';
import { CodeMultiSelect } from '@/ui/fields/code-multi-select.tsx';
import { CodeSelect } from '@/ui/fields/code-select.tsx';
import { DateField } from '@/ui/fields/date-field.tsx';
import { LineField } from '@/ui/fields/line-field.tsx';
import { MeasurePicker } from '@/ui/fields/measure-picker.tsx';
import { NumberField } from '@/ui/fields/number-field.tsx';
import { PeopleField } from '@/ui/fields/people-field.tsx';
import { PlaceField } from '@/ui/fields/place-field.tsx';
import { QuestionsField } from '@/ui/fields/questions-field.tsx';
import { TagsField } from '@/ui/fields/tags-field.tsx';
import { TextWithLanguage } from '@/ui/fields/text-with-language.tsx';
import { TypingHelp } from '@/ui/fields/typing/typing-help.tsx';
import { YesNoField } from '@/ui/fields/yes-no-field.tsx';
import { seedFiles } from '@/workers/seed-files.ts';

/**
 * Every field over the real seeds and a workspace that only answers what fields ask. `?locale=ru&scheme=dark&form=...`;
 * the values are on `window.values` for a test to read.
 */
declare global {
  interface Window {
    values: { observation: Observation; answer: string | null; number: number | null };
    letAnswer: () => void;
  }
}

const seeds = readSeeds(seedFiles);

function finds(text: string, query: string): boolean {
  const words = tokens(text).map((token) => keysOf(token.text));
  return tokens(query).every((token) => {
    const keys = keysOf(token.text);
    return words.some((word) => word.a.startsWith(keys.a) || word.b.startsWith(keys.b));
  });
}

/** With `held` in the address a search answers when `letAnswer` is called, as on a slow machine. */
const held: (() => void)[] = [];
window.letAnswer = () => {
  for (const answer of held.splice(0)) answer();
};
const answering = async (): Promise<void> => {
  if (new URLSearchParams(window.location.search).has('held'))
    await new Promise<void>((answer) => held.push(answer));
};

const workspace = {
  subscribe: async () => () => undefined,
  reference: {
    all: async () => ({ ...seeds, members: {} }),
    searchPlaces: async (query: string) => {
      await answering();
      return seeds.places
        .filter((place) => finds([...Object.values(place.names), ...place.aliases].join(' '), query))
        .map(({ id }) => id);
    },
    searchMeasures: async (query: string) => {
      await answering();
      return seeds.catalogue.areas.flatMap(({ code, text, measures }) => [
        ...(finds(text, query) ? [{ code, ranges: [] }] : []),
        ...measures
          .filter(
            (measure) =>
              measure.code.toLowerCase().includes(query.toLowerCase()) ||
              Object.values(seeds.catalogue.translations).some((file) =>
                finds(file?.items[measure.code]?.text ?? '', query),
              ) ||
              finds(measure.text, query),
          )
          .map((measure) => ({ code: measure.code, ranges: [] })),
      ]);
    },
  },
  observations: {
    tags: async () => [
      ['көчмө', 4],
      ['Ош', 9],
    ],
  },
} as unknown as Workspace;

const TODAY = '2026-03-15';
let keys = 0;

function Fields({ form }: { readonly form: Form | null }) {
  const reference = useReference();
  const [observation, setObservation] = useState<Observation>(() => emptyObservation('ru'));
  const [answer, setAnswer] = useState<string | null>(null);
  const [number, setNumber] = useState<number | null>(null);
  window.values = { observation, answer, number };
  const edit = (change: Partial<Observation>) => setObservation((old) => ({ ...old, ...change }));
  const shown = reference.forms.find(({ code }) => code === form?.code) ?? null;
  if (shown !== null) {
    return (
      <QuestionsField
        form={shown}
        answers={observation.answers}
        today={TODAY}
        lang="ru"
        order={2}
        onAnswer={(key: string, value: Json | undefined) =>
          setObservation((old) => {
            const { [key]: _taken, ...rest } = old.answers;
            return { ...old, answers: value === undefined ? rest : { ...rest, [key]: value } };
          })
        }
      />
    );
  }
  return (
    <Stack gap="lg">
      <TextWithLanguage
        label="Title"
        id="title"
        value={observation.title}
        onChange={(title) => edit({ title })}
      />
      <TextWithLanguage
        label="Narrative"
        id="narrative"
        multiline
        hint="What happened, in the words of those who saw it"
        warning="Only three words: who did what to whom?"
        value={observation.narrative}
        onChange={(narrative) => edit({ narrative })}
      />
      <DateField
        label="Date"
        id="date"
        today={TODAY}
        value={observation.date}
        onChange={(date) => edit({ date })}
      />
      <PlaceField
        label="Place"
        id="place"
        value={observation}
        onChange={({ place, village, placeNote }) => edit({ place, village, placeNote })}
      />
      <CodeSelect
        label="Source"
        id="source"
        vocabulary="source-types"
        error="Choose a source."
        value={observation.sourceType}
        onChange={(sourceType) => edit({ sourceType })}
      />
      <CodeMultiSelect
        label="Themes"
        id="themes"
        vocabulary="themes"
        value={Object.keys(observation.themes)}
        onChange={(codes) => edit({ themes: Object.fromEntries(codes.map((code) => [code, true])) })}
      />
      <YesNoField label="Reported?" id="reported" value={answer} onChange={setAnswer} />
      <NumberField label="Households" id="households" min={0} value={number} onChange={setNumber} />
      <TagsField
        label="Tags"
        id="tags"
        value={Object.keys(observation.tags)}
        onChange={(tags) => edit({ tags: Object.fromEntries(tags.map((tag) => [tag, true])) })}
      />
      <LineField
        label="Source, in words"
        id="line"
        value={observation.source}
        onChange={(source) => edit({ source })}
      />
      <MeasurePicker
        label="Measures"
        id="measures"
        themes={Object.keys(observation.themes)}
        value={observation.links}
        onChange={(links) => edit({ links })}
      />
      <PeopleField
        label="People involved"
        id="people"
        newKey={() => `person-${++keys}`}
        value={observation}
        onChange={({ people, names }) => edit({ people, names })}
      />
    </Stack>
  );
}

function Gallery() {
  const asked = new URLSearchParams(window.location.search);
  const [locale, setLocale] = useState<Locale>(() => {
    const code = asked.get('locale') ?? 'en';
    return isLocale(code) ? code : 'en';
  });
  const [scheme, setScheme] = useState<MantineColorScheme>(asked.get('scheme') === 'dark' ? 'dark' : 'light');
  const form = seeds.forms.find(({ code }) => code === asked.get('form')) ?? null;
  return (
    <Look locale={locale} onLocaleChange={setLocale} scheme={scheme} onSchemeChange={setScheme}>
      <WorkspaceProvider workspace={workspace}>
        <ReferenceProvider>
          <Container size="sm" py="md" component="main">
            <h1>Fields</h1>
            <Fields form={form} />
          </Container>
          <TypingHelp />
        </ReferenceProvider>
      </WorkspaceProvider>
    </Look>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
createRoot(root).render(<Gallery />);
