import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { comparator } from '@/core/search/alphabet.ts';
import type { SavedView } from '@/core/workspace.ts';
import { useWorkspace, useWorkspaceEvent } from '../app/workspace.tsx';
import { SeveralVersions, useContested } from '../conflicts/several-versions.tsx';
import { PLAIN_TYPING } from '../fields/typing/plain-typing.ts';
import { ErrorNote } from '../kit/error-note.tsx';
import { CheckIcon, DeleteIcon, DownIcon, EditIcon, ViewIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useLanguage, useT } from '../language/language.tsx';
import { WriteButton, WriteIcon } from '../space/write-button.tsx';
import { type Filters, isNarrowed, readFilters } from './filters.ts';
import classes from './views.module.css';

/** What a view holds of the list: the words searched for, the filters and the order. */
export interface ViewState {
  readonly text: string;
  readonly filters: Filters;
}

const readView = (view: SavedView): ViewState => {
  const query: unknown = view.query;
  const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : '';
  return { text: typeof text === 'string' ? text : '', filters: readFilters(query) };
};

const sameState = (one: ViewState, other: ViewState): boolean =>
  one.text.trim() === other.text.trim() && JSON.stringify(one.filters) === JSON.stringify(other.filters);

/** The team's saved views: apply, save the list as it stands, rename, remove with undo. */
export function ViewsMenu(props: { readonly now: ViewState; readonly onApply: (view: ViewState) => void }) {
  const { now, onApply } = props;
  const t = useT();
  const [opened, setOpened] = useState(false);
  const dropdown = useRef<HTMLDivElement>(null);
  const views = useViews(opened);
  const isContested = useContested(opened);
  const current = views.list.find((view) => sameState(readView(view), now));
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<ViewIcon size={16} aria-hidden />}
          rightSection={<DownIcon size={14} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {current?.name ?? t('observations.views.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown ref={dropdown} tabIndex={-1} aria-label={t('observations.views.title')}>
        <Stack gap="sm" w="min(22rem, 84vw)">
          {views.error !== null && <ErrorNote error={views.error} />}
          {views.list.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('observations.views.none')}
            </Text>
          ) : (
            <ul className={classes.list}>
              {views.list.map((view) => (
                <ViewLine
                  key={view.id}
                  view={view}
                  current={view === current}
                  contested={isContested(view.id)}
                  onApply={() => {
                    onApply(readView(view));
                    setOpened(false);
                  }}
                  onRename={(name) => views.save({ ...view, name }, view)}
                  onRemove={async () => {
                    await views.remove(view);
                    // The button that had the focus is gone with its view.
                    dropdown.current?.focus();
                  }}
                />
              ))}
            </ul>
          )}
          <SaveView
            now={now}
            onSave={(name, query) => views.save({ name, query }, null)}
            taken={views.list.map(({ name }) => name)}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function useViews(opened: boolean) {
  const workspace = useWorkspace();
  const toast = useToast();
  const { locale } = useLanguage();
  const [list, setList] = useState<readonly SavedView[]>([]);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(async () => {
    try {
      const views = await workspace.views.list();
      const inOrder = comparator(locale);
      setList([...views].sort((a, b) => inOrder(a.name, b.name)));
    } catch (failure) {
      setError(failure);
    }
  }, [workspace, locale]);
  useEffect(() => {
    void load();
  }, [load]);
  useWorkspaceEvent((event) => {
    if (event.event === 'changed' && opened) void load();
  });
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      setError(null);
      await load();
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    }
  };
  return {
    list,
    error,
    save: (...edit: Parameters<typeof workspace.views.save>) => attempt(() => workspace.views.save(...edit)),
    remove: async (view: SavedView) => {
      const removed = await attempt(() => workspace.views.remove(view));
      if (!removed) return;
      toast({
        text: ({ t }) => t('observations.views.removed', { name: view.name }),
        // A removed record stays removed; the view comes back as a new one that is the same.
        undo: async () => {
          await workspace.views.save(view, null);
          await load();
        },
      });
    },
  };
}

function ViewLine(props: {
  readonly view: SavedView;
  readonly current: boolean;
  readonly contested: boolean;
  readonly onApply: () => void;
  readonly onRename: (name: string) => Promise<boolean>;
  readonly onRemove: () => Promise<void>;
}) {
  const { view, current, contested, onApply, onRename, onRemove } = props;
  const t = useT();
  const [name, setName] = useState<string | null>(null);
  const renaming = name !== null;
  const apply = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);
  useEffect(() => {
    if (!renaming && wasRenaming.current) apply.current?.focus();
    wasRenaming.current = renaming;
  }, [renaming]);
  if (name !== null) {
    return (
      <li>
        <form
          className={classes.line}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === '') return;
            void onRename(name.trim()).then((done) => done && setName(null));
          }}
        >
          <TextInput
            {...PLAIN_TYPING}
            autoFocus
            size="xs"
            className={classes.grow}
            aria-label={t('observations.views.newName', { name: view.name })}
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.code !== 'Escape') return;
              event.stopPropagation();
              setName(null);
            }}
          />
          <WriteButton type="submit" size="xs">
            {t('observations.views.rename')}
          </WriteButton>
        </form>
      </li>
    );
  }
  return (
    <li className={classes.line}>
      <button
        ref={apply}
        type="button"
        className={classes.view}
        aria-current={current || undefined}
        onClick={onApply}
      >
        <span className={classes.grow}>
          {view.name} {contested && <SeveralVersions />}
        </span>
        {current && <CheckIcon size={16} aria-hidden />}
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        c="inherit"
        aria-label={t('observations.views.renameOne', { name: view.name })}
        onClick={() => setName(view.name)}
      >
        <EditIcon size={16} aria-hidden />
      </ActionIcon>
      <WriteIcon
        variant="subtle"
        color="gray"
        c="inherit"
        label={t('observations.views.removeOne', { name: view.name })}
        onClick={() => void onRemove()}
      >
        <DeleteIcon size={16} aria-hidden />
      </WriteIcon>
    </li>
  );
}

function SaveView(props: {
  readonly now: ViewState;
  readonly taken: readonly string[];
  readonly onSave: (name: string, query: SavedView['query']) => Promise<boolean>;
}) {
  const { now, taken, onSave } = props;
  const t = useT();
  const { locale } = useLanguage();
  const [name, setName] = useState('');
  const anything = now.text.trim() !== '' || isNarrowed(now.filters) || now.filters.sort.by !== 'relevance';
  if (!anything) {
    return (
      <Text size="sm" c="dimmed">
        {t('observations.views.how')}
      </Text>
    );
  }
  const given = name.trim();
  const error = taken.includes(given) ? t('observations.views.taken') : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (given === '' || error !== null) return;
        void onSave(given, { ...now.filters, text: now.text.trim(), locale }).then(
          (done) => done && setName(''),
        );
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          {...PLAIN_TYPING}
          data-autofocus
          className={classes.grow}
          size="sm"
          label={t('observations.views.save')}
          placeholder={t('observations.views.name')}
          value={name}
          error={error}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <WriteButton type="submit" disabled={given === '' || error !== null}>
          {t('observations.views.saveIt')}
        </WriteButton>
      </Group>
    </form>
  );
}
