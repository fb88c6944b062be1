import { Anchor, Button, Group, Stack } from '@mantine/core';
import { navigate, paths } from '../app/route.ts';
import { EmptyState } from '../kit/empty-state.tsx';
import { AddIcon, CloseIcon, DeleteIcon, ObservationIcon, SearchIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { useChips } from './filter-chips.tsx';
import { type Filters, isNarrowed, NO_FILTERS, sameFilters } from './filters.ts';

/** In the place of the list when nothing is in it: why, and what to do about it. */
export function ListEmpty(props: {
  readonly text: string;
  readonly suggestion: string | null;
  readonly filters: Filters;
  readonly onText: (text: string) => void;
  readonly onFilters: (filters: Filters) => void;
}) {
  const { text, suggestion, filters, onText, onFilters } = props;
  const t = useT();
  const chips = useChips()(filters);
  const searched = text.trim();
  if (searched === '' && !isNarrowed(filters)) {
    return (
      <EmptyState
        icon={<ObservationIcon size={40} />}
        title={t('observations.empty.none')}
        action={
          <Group gap="sm" justify="center">
            <Button
              leftSection={<AddIcon size={18} aria-hidden />}
              onClick={() => navigate(paths.newObservation())}
            >
              {t('app.newObservation')}
            </Button>
            <Anchor href={paths.catalogue()}>{t('observations.empty.read')}</Anchor>
          </Group>
        }
      >
        {t('observations.empty.start')}
      </EmptyState>
    );
  }
  if (searched === '' && sameFilters(filters, { ...NO_FILTERS, deleted: true })) {
    return (
      <EmptyState
        icon={<DeleteIcon size={40} />}
        title={t('observations.empty.noneDeleted')}
        action={
          <Button variant="default" onClick={() => onFilters({ ...filters, deleted: false })}>
            {t('observations.empty.back')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<SearchIcon size={40} />}
      title={
        searched === ''
          ? t('observations.empty.filtered')
          : t('observations.empty.notFound', { text: searched })
      }
      action={
        <Stack gap="xs" align="center">
          {suggestion !== null && (
            <Button onClick={() => onText(suggestion)}>
              {t('observations.empty.suggestion', { text: suggestion })}
            </Button>
          )}
          <Group gap="xs" justify="center">
            {searched !== '' && (
              <Button
                variant="default"
                leftSection={<CloseIcon size={16} aria-hidden />}
                onClick={() => onText('')}
              >
                {t('observations.empty.withoutText')}
              </Button>
            )}
            {chips.map((chip) => (
              <Button
                key={chip.key}
                variant="default"
                leftSection={<CloseIcon size={16} aria-hidden />}
                onClick={() => onFilters(chip.without)}
              >
                {t('observations.empty.without', { what: chip.words })}
              </Button>
            ))}
            {chips.length > 1 && (
              <Button variant="default" onClick={() => onFilters({ ...NO_FILTERS, sort: filters.sort })}>
                {t('observations.chips.clear')}
              </Button>
            )}
          </Group>
        </Stack>
      }
    >
      {chips.length > 0 ? t('observations.empty.loosen') : t('observations.empty.otherWord')}
    </EmptyState>
  );
}
