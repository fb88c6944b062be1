import { Text, Title } from '@mantine/core';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useReference } from '../app/reference.tsx';
import { navigate, useRoute } from '../app/route.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { EmptyState } from '../kit/empty-state.tsx';
import { useLanguage, useT } from '../language/language.tsx';
import { About } from './about.tsx';
import { AreaPage } from './area-page.tsx';
import { type Browse, browseOf, browsePath, isFiltered } from './browse.ts';
import classes from './catalogue.module.css';
import { CorrectionEditor } from './correction/editor.tsx';
import { keptCodes, outlineOf } from './outline.ts';
import { type Found, OutlineTree } from './outline-tree.tsx';
import { Toolbar, WordingSwitch } from './toolbar.tsx';
import { useTexts, type View, ViewContext } from './view.ts';

/** `#/catalogue` and `#/catalogue/:code`: the letter's outline, and beside it the area that is open. */
export function CataloguePage() {
  const t = useT();
  const route = useRoute();
  const { locale } = useLanguage();
  const { catalogue } = useReference();
  const { reference } = useWorkspace();
  const source = catalogue.source.lang;
  const code = route.name === 'catalogue' ? route.code : null;
  const browse = useMemo(() => browseOf(route.query, locale, source), [route.query, locale, source]);
  const texts = useTexts(browse);
  const askCounts = useCallback(() => reference.counts(), [reference]);
  const counts = useAnswer(askCounts).value;
  const [text, setText] = useState('');
  const [editing, setEditing] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const outlinePane = useRef<HTMLElement>(null);

  const found = useFound(text, browse);
  const outline = useMemo(() => outlineOf(catalogue), [catalogue]);
  const kept = useMemo(
    () => keptCodes(catalogue.areas, browse, found === null ? null : new Set(found.hits.keys())),
    [catalogue, browse, found],
  );
  const area = catalogue.areas.find(
    (each) => each.code === code || each.measures.some((measure) => measure.code === code),
  );

  const pathOf = useCallback(
    (to: string | null, edit: Partial<Browse> = {}) => browsePath(to, { ...browse, ...edit }, locale, source),
    [browse, locale, source],
  );
  const view = useMemo<View>(
    () => ({ browse, texts, counts: counts ?? {}, pathOf, improve: setEditing }),
    [browse, texts, counts, pathOf],
  );
  const onBrowse = (edit: Partial<Browse>) => navigate(pathOf(code, edit), { replace: true });
  const onFind = (how: 'open' | 'go') => {
    const [best] = found?.hits.keys() ?? [];
    if (how === 'open' && best !== undefined) navigate(pathOf(best));
    if (how === 'go')
      outlinePane.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
  };

  const left = useMemo(() => {
    if (kept === null) return null;
    const areas = catalogue.areas.filter((each) => kept.has(each.code));
    const measures = areas.flatMap((each) => each.measures).filter((each) => kept.has(each.code));
    return { areas: areas.length, measures: measures.length };
  }, [catalogue, kept]);
  return (
    <ViewContext.Provider value={view}>
      <div className={classes.screen} data-open={code !== null || undefined}>
        <div className={classes.head}>
          <div className={classes.titleLine}>
            <Title order={code === null ? 1 : 2} size="h1">
              {t('catalogue.title')}
            </Title>
            <WordingSwitch browse={browse} source={source} onBrowse={onBrowse} />
          </div>
          <Toolbar
            browse={browse}
            onBrowse={onBrowse}
            text={text}
            onText={setText}
            search={search}
            onFind={onFind}
          />
        </div>
        <div className={classes.panes}>
          <section ref={outlinePane} className={classes.outline} aria-label={t('catalogue.outline')}>
            <Text size="sm" c="dimmed" role="status" className={classes.status}>
              {left !== null && left.areas > 0 && t('catalogue.found', left)}
            </Text>
            {kept?.size === 0 ? (
              <EmptyState title={t('catalogue.nothing')}>
                {t(isFiltered(browse) ? 'catalogue.nothingFiltered' : 'catalogue.nothingSays')}
              </EmptyState>
            ) : (
              <OutlineTree
                outline={outline}
                kept={kept}
                found={found}
                current={area === undefined ? null : code}
                document={catalogue.code}
              />
            )}
          </section>
          <div className={classes.reading}>
            {code === null ? (
              <About />
            ) : area === undefined ? (
              <EmptyState order={1} title={t('catalogue.unknown', { code })}>
                {t('catalogue.unknownSays')}
              </EmptyState>
            ) : (
              <AreaPage key={area.code} area={area} code={code} />
            )}
          </div>
        </div>
      </div>
      {browse.lang !== null && (
        <CorrectionEditor lang={browse.lang} code={editing} onClose={() => setEditing(null)} />
      )}
    </ViewContext.Provider>
  );
}

/** What the words in the search field find; null while there are none. */
function useFound(text: string, { lang, shown }: Browse): Found | null {
  const { reference } = useWorkspace();
  const { catalogue } = useReference();
  const query = useDeferredValue(text.trim());
  const locale = lang === null || shown === 'original' ? catalogue.source.lang : lang;
  const ask = useMemo(
    () =>
      query === ''
        ? null
        : async (): Promise<Found> => {
            const hits = await reference.searchMeasures(query, locale);
            return { query, hits: new Map(hits.map((hit) => [hit.code, hit])) };
          },
    [reference, query, locale],
  );
  const { value } = useAnswer(ask);
  const [last, setLast] = useState<Found | null>(null);
  if (value !== null && value !== last) setLast(value);
  // Between two letters the outline shows what the last ones found, so that it does not jump.
  return query === '' ? null : (value ?? last);
}
