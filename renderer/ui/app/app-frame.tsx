import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ConflictCount } from '../conflicts/conflict-count.tsx';
import { DraftCount } from '../drafts/draft-count.tsx';
import { OverallState } from '../exchange/overall-state.tsx';
import {
  CatalogueIcon,
  ConflictIcon,
  DraftIcon,
  ExchangeIcon,
  ObservationIcon,
  SettingsIcon,
  TeamIcon,
} from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { SpaceBanner } from '../space/space-banner.tsx';
import classes from './app-frame.module.css';
import { DemoRibbon } from './demo-ribbon.tsx';
import { LanguageMenu, SchemeMenu } from './look-menus.tsx';
import { NoticeList } from './notices.tsx';
import { paths, type Route, useRoute } from './route.ts';
import { TopBar } from './top-bar.tsx';

const SECTIONS = [
  { key: 'catalogue', href: paths.catalogue(), Icon: CatalogueIcon },
  { key: 'observations', href: paths.observations(), Icon: ObservationIcon },
  { key: 'drafts', href: paths.drafts(), Icon: DraftIcon },
  { key: 'conflicts', href: paths.conflicts(), Icon: ConflictIcon },
  { key: 'exchange', href: paths.exchange(), Icon: ExchangeIcon },
  { key: 'team', href: paths.team(), Icon: TeamIcon },
  { key: 'settings', href: paths.settings(), Icon: SettingsIcon },
] as const;

function sectionOf(route: Route): (typeof SECTIONS)[number]['key'] | null {
  switch (route.name) {
    case 'catalogue':
    case 'drafts':
    case 'conflicts':
    case 'exchange':
    case 'team':
    case 'settings':
    case 'observations':
      return route.name;
    case 'observation':
    case 'observation-edit':
    case 'observation-new':
      return 'observations';
    case 'not-found':
      return null;
  }
}

/** Which screen is there, as one string: moving within a screen is not arriving at a new one. */
function place(route: Route): string {
  if (route.name === 'catalogue') return `catalogue/${route.code ?? ''}`;
  return 'id' in route ? `${route.name}/${route.id}` : route.name;
}

/** Skip link, bars and navigation around every screen of an open vault. */
export function AppFrame(props: { readonly demo: boolean; readonly children: ReactNode }) {
  const { demo, children } = props;
  const t = useT();
  const route = useRoute();
  const current = sectionOf(route);
  const here = place(route);
  const navId = useId();
  const mainId = useId();
  const main = useRef<HTMLElement>(null);
  const arrivedAt = useRef(here);
  const [menuOpen, setMenuOpen] = useState(false);

  // Arriving at a screen moves the focus into it, as loading a page would, unless the screen (or the search that
  // led here) has already put it somewhere.
  useEffect(() => {
    if (arrivedAt.current === here) return;
    arrivedAt.current = here;
    setMenuOpen(false);
    const focused = document.activeElement;
    const taken = focused instanceof HTMLInputElement || main.current?.contains(focused) === true;
    if (!taken) main.current?.focus();
    main.current?.scrollTo(0, 0);
  }, [here]);

  return (
    <div className={classes.frame}>
      <a
        className="kit-skip-link"
        href={`#${mainId}`}
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        {demo && <DemoRibbon />}
        <TopBar menuOpen={menuOpen} onMenu={() => setMenuOpen(!menuOpen)} navId={navId} />
      </header>
      <nav
        id={navId}
        className={classes.nav}
        aria-label={t('app.nav.label')}
        data-open={menuOpen || undefined}
        onKeyDown={(event) => {
          if (event.code === 'Escape') setMenuOpen(false);
        }}
      >
        {SECTIONS.map(({ key, href, Icon }) => (
          <a
            key={key}
            href={href}
            className={classes.link}
            aria-current={current === key ? 'page' : undefined}
          >
            <Icon size={18} aria-hidden />
            {t(`app.nav.${key}`)}
            {key === 'drafts' && <DraftCount />}
            {key === 'conflicts' && <ConflictCount />}
          </a>
        ))}
        <OverallState />
        <div className={`${classes.menus} ${classes.onlyNarrow}`}>
          <LanguageMenu />
          <SchemeMenu inWords />
        </div>
      </nav>
      <main id={mainId} ref={main} tabIndex={-1} className={classes.main}>
        <SpaceBanner />
        <NoticeList />
        {children}
      </main>
    </div>
  );
}

/** Around the screens of a vault that is not open: language, appearance and nothing to navigate. */
export function BareFrame(props: { readonly demo: boolean; readonly children: ReactNode }) {
  const { demo, children } = props;
  const t = useT();
  return (
    <div className={classes.bare}>
      <header className={classes.header}>
        {demo && <DemoRibbon />}
        <div className={classes.bar}>
          <span className={classes.brand} style={{ marginInlineEnd: 'auto' }}>
            {t('app.name')}
          </span>
          <LanguageMenu />
          <SchemeMenu />
        </div>
      </header>
      <main className={classes.bareMain}>
        <SpaceBanner />
        {children}
      </main>
    </div>
  );
}
