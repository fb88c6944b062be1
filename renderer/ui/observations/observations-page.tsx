import { Button, Title } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ObservationQuery } from '@/core/workspace.ts';
import { navigate, paths, useRoute } from '../app/route.ts';
import { useSearchText } from '../app/search-text.tsx';
import type { ExportScope } from '../export/export-choices.ts';
import { ExportDialog } from '../export/export-dialog.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { ExportIcon, FilterIcon } from '../kit/icons.ts';
import { useLanguage, useT } from '../language/language.tsx';
import { FilterChips, useChips } from './filter-chips.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { effectiveSort, type Filters, filtersOfAddress, isNarrowed, type Sort } from './filters.ts';
import listClasses from './list.module.css';
import { ListEmpty } from './list-empty.tsx';
import { type GridHandle, ListGrid } from './list-grid.tsx';
import { ListLine } from './list-line.tsx';
import { useListMemory } from './list-memory.tsx';
import classes from './page.module.css';
import { SelectionBar } from './selection-bar.tsx';
import { useBulk } from './use-bulk.ts';
import { useFreshness } from './use-freshness.ts';
import { useSearchKeys } from './use-search-keys.ts';
import { useSelection } from './use-selection.ts';
import { ViewsMenu } from './views-menu.tsx';

/** `#/observations`: the list, what narrows it, and what is done with what it shows. */
export function ObservationsPage() {
  const t = useT();
  const { locale } = useLanguage();
  const { text, setText } = useSearchText();
  const { result, filters, setFilters, panelOpen, setPanelOpen, exportChoices } = useListMemory();
  const state = useSyncExternalStore(result.subscribe, result.state);
  const grid = useRef<GridHandle>(null);
  const filterButton = useRef<HTMLButtonElement>(null);
  const [exporting, setExporting] = useState<ExportScope | null>(null);

  useAddressFilters(setFilters);
  const query = useMemo<ObservationQuery>(
    () => ({ ...filters, text: text.trim(), locale }),
    [filters, text, locale],
  );
  useEffect(() => result.ask(query), [result, query]);
  const bulk = useBulk(filters.deleted);
  useFreshness(result, bulk.progress !== null);
  useSearchKeys(() => grid.current?.focus());
  const selection = useSelection(result, state, query);
  const chips = useChips()(filters);

  const chosen = selection.ids.size;
  const edit = async (change: Parameters<typeof bulk.run>[1]) => {
    const ids = [...selection.ids];
    const reached = await bulk.run(ids, change);
    // What was stopped or failed stays chosen, so that it can be tried again.
    selection.keep(new Set(ids.filter((id) => !reached.includes(id))));
    grid.current?.focus();
  };
  const onSort = (sort: Sort) => setFilters({ ...filters, sort });
  const answered = state.query !== null;
  /** Nothing has been written yet: there is nothing to count, order or narrow. */
  const bare = answered && state.total === 0 && query.text === '' && !isNarrowed(filters);

  return (
    <div className={classes.screen}>
      <header className={classes.top}>
        <Title order={1}>{filters.deleted ? t('observations.titleDeleted') : t('observations.title')}</Title>
        <ViewsMenu
          now={{ text, filters }}
          onApply={(view) => {
            setText(view.text);
            setFilters(view.filters);
          }}
        />
        <Button
          ref={filterButton}
          variant={panelOpen ? 'light' : 'default'}
          leftSection={<FilterIcon size={16} aria-hidden />}
          aria-expanded={panelOpen}
          onClick={() => setPanelOpen(!panelOpen)}
        >
          {chips.length === 0
            ? t('observations.filters.title')
            : t('observations.filters.some', { figure: chips.length })}
        </Button>
        <Button
          variant="default"
          leftSection={<ExportIcon size={16} aria-hidden />}
          disabled={state.total === 0 || filters.deleted}
          onClick={() => setExporting({ of: 'list', query })}
        >
          {t('observations.export')}
        </Button>
      </header>
      <FilterChips filters={filters} onChange={setFilters} />
      {bulk.error !== null && <ErrorNote error={bulk.error} onRetry={bulk.forget} />}
      {bulk.progress !== null ? (
        <Busy label={t('observations.bulk.working')} progress={bulk.progress} onCancel={bulk.stop} />
      ) : chosen > 0 ? (
        <SelectionBar
          count={chosen}
          total={state.total}
          deleted={filters.deleted}
          onEdit={(change) => void edit(change)}
          onExport={() => setExporting({ of: 'selection', ids: [...selection.ids] })}
          onSelectAll={() => void selection.selectAll()}
          onClear={selection.clear}
        />
      ) : bare ? null : (
        <ListLine total={answered ? state.total : null} text={text} sort={filters.sort} onSort={onSort} />
      )}
      {state.error !== null && <ErrorNote error={state.error} onRetry={() => result.refresh()} />}
      <div className={classes.columns}>
        <div className={listClasses.list}>
          {!answered ? (
            state.error === null && <Busy />
          ) : state.total === 0 ? (
            <div ref={takeLostFocus} tabIndex={-1} className={listClasses.scroller}>
              <ListEmpty
                text={state.query?.text ?? ''}
                suggestion={state.suggestion}
                filters={filters}
                onText={setText}
                onFilters={setFilters}
              />
            </div>
          ) : (
            <ListGrid
              handle={grid}
              result={result}
              state={state}
              selected={selection.ids}
              sort={effectiveSort(filters.sort, text)}
              onSort={onSort}
              label={t('observations.list.label')}
              onOpen={(row) => navigate(paths.observation(row.id, { in: state.key }))}
              onToggle={selection.toggle}
              onExtend={(from, to) => void selection.extend(from, to)}
              onSelectAll={() => void selection.selectAll()}
              onClearSelection={selection.clear}
              onRemove={() => {
                if (chosen > 0 && !filters.deleted) void edit({ does: 'remove' });
              }}
            />
          )}
        </div>
        {panelOpen && (
          <FilterPanel
            filters={filters}
            onChange={setFilters}
            onClose={() => {
              setPanelOpen(false);
              filterButton.current?.focus();
            }}
          />
        )}
      </div>
      {exporting !== null && (
        <ExportDialog scope={exporting} memory={exportChoices} onClose={() => setExporting(null)} />
      )}
    </div>
  );
}

/** A grid that empties takes the focus with it; what stands in its place catches it. */
function takeLostFocus(element: HTMLElement | null): void {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) element?.focus();
}

/** Takes over what an address asks for, once, and leaves the plain address behind. */
function useAddressFilters(setFilters: (filters: Filters) => void): void {
  const route = useRoute();
  const { setText } = useSearchText();
  const wanted = route.name === 'observations' ? route.query : null;
  useEffect(() => {
    const filters = wanted === null ? null : filtersOfAddress(wanted);
    if (filters === null) return;
    setFilters(filters);
    setText('');
    navigate(paths.observations(), { replace: true });
  }, [wanted, setFilters, setText]);
}
