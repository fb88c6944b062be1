import { Checkbox, CloseButton, Drawer, Stack, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useId, useMemo, useState } from 'react';
import { type Label, LOCALES } from '@/core/base/locales.ts';
import { useReference } from '../app/reference.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import type { Choice } from '../fields/choices.ts';
import { CodeMultiSelect } from '../fields/code-multi-select.tsx';
import { CodeSelect } from '../fields/code-select.tsx';
import { useT } from '../language/language.tsx';
import { DayField } from './day-field.tsx';
import { type Filters, readFilters } from './filters.ts';
import { useMeasureChoices } from './measure-choices.ts';
import classes from './panel.module.css';

interface PanelProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
  readonly onClose: () => void;
}

/** Beside the list where there is room; over it where there is not. What is chosen holds at once. */
export function FilterPanel(props: PanelProps) {
  const t = useT();
  const titleId = useId();
  const beside = useMediaQuery('(min-width: 64em)', true, { getInitialValueInEffect: false });
  if (!beside) {
    return (
      <Drawer.Root
        opened
        onClose={props.onClose}
        position="right"
        transitionProps={{ duration: 0 }}
        size="min(24rem, 100%)"
      >
        <Drawer.Overlay />
        <Drawer.Content>
          {/* Not a `header`, which would be a second banner of the page. */}
          <Drawer.Header component="div">
            <Drawer.Title component="h2" fz="h3" fw={600}>
              {t('observations.filters.title')}
            </Drawer.Title>
            <Drawer.CloseButton aria-label={t('observations.filters.close')} />
          </Drawer.Header>
          <Drawer.Body>
            <FilterFields {...props} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    );
  }
  return (
    <aside
      className={classes.panel}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        // A list that is open over a field takes its own Escape first.
        if (event.code === 'Escape' && !event.defaultPrevented && !isListOpen(event.target)) props.onClose();
      }}
    >
      <div className={classes.heading}>
        <Title order={2} size="h3" id={titleId}>
          {t('observations.filters.title')}
        </Title>
        <CloseButton aria-label={t('observations.filters.close')} onClick={props.onClose} />
      </div>
      <FilterFields {...props} />
    </aside>
  );
}

const isListOpen = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';

/** One text in every language: tags and people's names are not translated. */
const same = (text: string): Label => Object.fromEntries(LOCALES.map((locale) => [locale, text])) as Label;

function FilterFields({ filters, onChange }: PanelProps) {
  const t = useT();
  const { places, members } = useReference();
  const measures = useMeasureChoices();
  const tags = useTagChoices();
  const units = useMemo<readonly Choice[]>(
    () => places.map(({ id, names }) => ({ code: id, label: names })),
    [places],
  );
  const authors = useMemo<readonly Choice[]>(
    () => Object.entries(members).map(([code, name]) => ({ code, label: same(name) })),
    [members],
  );
  // Codes come back from a field as texts; reading them as filters gives them their types again.
  const set = (edit: Record<string, unknown>) => onChange(readFilters({ ...filters, ...edit }));
  const many = (
    name: 'themes' | 'directions' | 'langs' | 'kinds' | 'statuses' | 'sensitivities',
    vocabulary: string,
  ) => (
    <CodeMultiSelect
      label={t(`observations.filters.${name}`)}
      vocabulary={vocabulary}
      value={filters[name]}
      onChange={(codes) => set({ [name]: codes })}
    />
  );
  return (
    <Stack gap="sm">
      {many('themes', 'themes')}
      <CodeMultiSelect
        label={t('observations.filters.measures')}
        options={measures}
        value={filters.measures}
        onChange={(codes) => set({ measures: codes })}
      />
      {many('directions', 'directions')}
      <CodeSelect
        label={t('observations.filters.place')}
        options={units}
        value={filters.place}
        onChange={(place) => set({ place })}
      />
      <div className={classes.pair}>
        <DayField
          label={t('observations.filters.from')}
          edge="from"
          value={filters.from}
          onChange={(from) => set({ from })}
        />
        <DayField
          label={t('observations.filters.to')}
          edge="to"
          value={filters.to}
          onChange={(to) => set({ to })}
        />
      </div>
      {many('statuses', 'statuses')}
      {many('sensitivities', 'sensitivities')}
      {many('kinds', 'observation-kinds')}
      {many('langs', 'languages')}
      <CodeSelect
        label={t('observations.filters.wording')}
        vocabulary="wordings"
        value={filters.wording}
        onChange={(wording) => set({ wording })}
        clearable={false}
      />
      <CodeMultiSelect
        label={t('observations.filters.tags')}
        options={tags}
        value={filters.tags}
        onChange={(codes) => set({ tags: codes })}
      />
      <CodeMultiSelect
        label={t('observations.filters.authors')}
        options={authors}
        value={filters.authors}
        onChange={(codes) => set({ authors: codes })}
      />
      <Checkbox
        label={t('observations.filters.conflictsOnly')}
        checked={filters.conflictsOnly}
        onChange={(event) => set({ conflictsOnly: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('observations.filters.deleted')}
        checked={filters.deleted}
        onChange={(event) => set({ deleted: event.currentTarget.checked })}
      />
    </Stack>
  );
}

/** Tags in use, the commonest first. */
function useTagChoices(): readonly Choice[] {
  const workspace = useWorkspace();
  const [tags, setTags] = useState<readonly Choice[]>([]);
  useEffect(() => {
    let over = false;
    // Without the list the other filters still work.
    workspace.observations.tags().then(
      (used) => {
        if (!over) setTags(used.map(([tag]) => ({ code: tag, label: same(tag) })));
      },
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [workspace]);
  return tags;
}
