import { ActionIcon, Button, CloseButton, TextInput, Tooltip } from '@mantine/core';
import { OverallState } from '../exchange/overall-state.tsx';
import { ariaChord, type Chord, chordLabel, useHotkey } from '../kit/hotkey.ts';
import { AddIcon, CloseIcon, LockIcon, MenuIcon, SearchIcon } from '../kit/icons.ts';
import { KeyHint } from '../kit/key-hint.tsx';
import { useT } from '../language/language.tsx';
import classes from './app-frame.module.css';
import { LanguageMenu, SchemeMenu } from './look-menus.tsx';
import { navigate, paths, useRoute } from './route.ts';
import { useSearchText } from './search-text.tsx';
import { useLock } from './workspace.tsx';

export const NEW_OBSERVATION: Chord = 'Alt+KeyN';
export const SEARCH: Chord = 'Alt+KeyS';
export const LOCK: Chord = 'Ctrl+Shift+KeyL';

/** Searches the observations as somebody types; whatever the screen was, the list comes to show what is found. */
function SearchField() {
  const t = useT();
  const route = useRoute();
  const { text, setText, field: input } = useSearchText();
  useHotkey(SEARCH, () => input.current?.select());
  const show = () => {
    if (route.name !== 'observations') navigate(paths.observations());
  };
  return (
    <search className={classes.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          show();
        }}
      >
        <TextInput
          ref={input}
          aria-label={t('app.search.label')}
          aria-keyshortcuts={ariaChord(SEARCH)}
          placeholder={t('app.search.placeholder')}
          value={text}
          autoComplete="off"
          onChange={(event) => {
            setText(event.currentTarget.value);
            show();
          }}
          leftSection={<SearchIcon size={16} aria-hidden />}
          rightSection={
            text === '' ? null : (
              <CloseButton
                size="sm"
                aria-label={t('app.search.clear')}
                onClick={() => {
                  setText('');
                  input.current?.focus();
                }}
              />
            )
          }
        />
      </form>
    </search>
  );
}

/** The bar above every screen: menu (where it is narrow), search, new observation, language, appearance, lock. */
export function TopBar(props: {
  readonly menuOpen: boolean;
  readonly onMenu: () => void;
  readonly navId: string;
}) {
  const { menuOpen, onMenu, navId } = props;
  const t = useT();
  const lock = useLock();
  const startNew = () => navigate(paths.newObservation());
  useHotkey(NEW_OBSERVATION, startNew);
  useHotkey(LOCK, () => void lock());
  return (
    <div className={classes.bar}>
      <ActionIcon
        className={classes.onlyNarrow}
        variant="subtle"
        color="gray"
        c="inherit"
        size="lg"
        aria-expanded={menuOpen}
        aria-controls={navId}
        aria-label={menuOpen ? t('app.nav.close') : t('app.nav.open')}
        onClick={onMenu}
      >
        {menuOpen ? <CloseIcon size={20} aria-hidden /> : <MenuIcon size={20} aria-hidden />}
      </ActionIcon>
      <a href={paths.catalogue()} className={`${classes.brand} ${classes.onlyWide}`}>
        {t('app.name')}
      </a>
      <SearchField />
      <Button
        className={classes.onlyWide}
        leftSection={<AddIcon size={18} aria-hidden />}
        rightSection={<KeyHint chord={NEW_OBSERVATION} />}
        aria-keyshortcuts={ariaChord(NEW_OBSERVATION)}
        onClick={startNew}
      >
        {t('app.newObservation')}
      </Button>
      <ActionIcon
        className={classes.onlyNarrow}
        size="lg"
        aria-label={t('app.newObservation')}
        onClick={startNew}
      >
        <AddIcon size={20} aria-hidden />
      </ActionIcon>
      <div className={classes.onlyWide}>
        <LanguageMenu />
        <SchemeMenu />
      </div>
      <span className={classes.onlyNarrow}>
        <OverallState compact />
      </span>
      <Tooltip label={`${t('app.lock')} (${chordLabel(LOCK)})`}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('app.lock')}
          aria-keyshortcuts={ariaChord(LOCK)}
          onClick={() => void lock()}
        >
          <LockIcon size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
