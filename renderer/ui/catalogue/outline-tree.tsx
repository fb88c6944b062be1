import { useEffect, useMemo, useRef, useState } from 'react';
import { excerpt, matchRanges } from '@/core/search/highlight.ts';
import type { MeasureHit } from '@/core/workspace.ts';
import { navigate } from '../app/route.ts';
import { SeveralVersions } from '../conflicts/several-versions.tsx';
import { DownIcon, NextIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { Highlighted } from '../observations/highlighted.tsx';
import classes from './catalogue.module.css';
import { DirectionMarks } from './direction-marks.tsx';
import { type OutlineNode, type TreeRow, treeRows } from './outline.ts';
import { useTreeKeys } from './use-tree-keys.ts';
import { NOTHING, shortCode, useView } from './view.ts';

/** A measure is known by how it begins; its page has the rest. */
const BEGINNING = 130;

export interface Found {
  readonly query: string;
  readonly hits: ReadonlyMap<string, MeasureHit>;
}

/** Rows opened or closed by hand, as long as the same outline is on the screen. */
interface ByHand {
  readonly of: unknown;
  readonly codes: ReadonlyMap<string, boolean>;
}

/** The text of an entry that its line shows. */
const wordingName = ({ kind }: OutlineNode): string =>
  kind === 'section' ? 'title' : kind === 'area' ? 'shortTitle' : 'text';

/** The letter's outline: sections, areas, measures, with what observations say of each. */
export function OutlineTree(props: {
  readonly outline: readonly OutlineNode[];
  readonly kept: ReadonlySet<string> | null;
  readonly found: Found | null;
  /** The area or measure whose page is open. */
  readonly current: string | null;
  /** Of the document: what every code begins with. */
  readonly document: string;
}) {
  const { outline, kept, found, current, document } = props;
  const t = useT();
  const { texts, counts, pathOf } = useView();
  const tree = useRef<HTMLDivElement>(null);
  const [byHand, setByHand] = useState<ByHand>({ of: kept, codes: new Map() });
  const [focused, setFocused] = useState<string | null>(null);
  const opened = byHand.of === kept ? byHand.codes : null;

  const rows = useMemo(
    () =>
      treeRows(outline, kept, (node) => {
        const chosen = opened?.get(node.code);
        if (chosen !== undefined) return chosen;
        if (node.kind === 'section' || kept !== null) return true;
        return current === node.code || current?.startsWith(`${node.code}.`) === true;
      }),
    [outline, kept, opened, current],
  );

  const setOpen = (row: TreeRow, open: boolean) =>
    setByHand((old) => ({
      of: kept,
      codes: new Map([...(old.of === kept ? old.codes : []), [row.node.code, open]]),
    }));
  const choose = (row: TreeRow) => {
    if (row.node.kind === 'section') setOpen(row, row.open !== true);
    else navigate(pathOf(row.node.code));
  };
  const nameOf = (node: OutlineNode) => texts.one(node.code, wordingName(node));
  const onKeyDown = useTreeKeys(tree, rows, {
    wordsOf: ({ node }) =>
      node.kind === 'section' ? nameOf(node).text : `${shortCode(node.code, document)} ${nameOf(node).text}`,
    onOpen: setOpen,
    onChoose: choose,
    onFocus: setFocused,
  });

  // Whoever comes by a link finds the outline open at the place; the page beside it does not move.
  useEffect(() => {
    const pane = tree.current;
    const row = current === null ? null : pane?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (pane === null || row === null || row === undefined) return;
    const outside =
      row.offsetTop < pane.scrollTop || row.offsetTop + row.offsetHeight > pane.scrollTop + pane.clientHeight;
    if (outside) pane.scrollTop = row.offsetTop - pane.clientHeight / 3;
  }, [current]);

  const stop =
    rows.find(({ node }) => node.code === focused) ??
    rows.find(({ node }) => node.code === current) ??
    rows[0];
  return (
    <div
      ref={tree}
      role="tree"
      tabIndex={-1}
      aria-label={t('catalogue.outline')}
      className={classes.tree}
      onKeyDown={onKeyDown}
    >
      {rows.map((row) => {
        const { node, level, place, of, open } = row;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree answers the keys of all its rows.
          <div
            key={node.code}
            role="treeitem"
            data-code={node.code}
            data-kind={node.kind}
            aria-level={level}
            aria-posinset={place}
            aria-setsize={of}
            aria-selected={node.code === current}
            {...(open === null ? {} : { 'aria-expanded': open })}
            tabIndex={row === stop ? 0 : -1}
            className={classes.row}
            style={{ ['--level' as string]: level - 1 }}
            onClick={() => choose(row)}
            onFocus={() => setFocused(node.code)}
          >
            <Opener open={open} onOpen={(wanted) => setOpen(row, wanted)} />
            <RowWords
              node={node}
              found={found}
              document={document}
              wording={nameOf(node)}
              contested={texts.isContested(node.code, wordingName(node))}
            />
            <DirectionMarks tally={counts[node.code] ?? NOTHING} />
          </div>
        );
      })}
    </div>
  );
}

/** For the pointer; keys open and close with the arrows. */
function Opener(props: { readonly open: boolean | null; readonly onOpen: (open: boolean) => void }) {
  const { open, onOpen } = props;
  const Icon = open === true ? DownIcon : NextIcon;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row says whether it is open, and the arrows do the same.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
    <span
      className={classes.opener}
      onClick={(event) => {
        if (open === null) return;
        event.stopPropagation();
        onOpen(!open);
      }}
    >
      {open !== null && <Icon size={16} aria-hidden />}
    </span>
  );
}

function RowWords(props: {
  readonly node: OutlineNode;
  readonly found: Found | null;
  readonly document: string;
  readonly wording: { readonly text: string; readonly lang: string };
  /** The wording stands in for several. */
  readonly contested: boolean;
}) {
  const { node, found, document, wording, contested } = props;
  const { texts } = useView();
  const { text, lang } = wording;
  if (node.kind === 'section') {
    return (
      <span className={classes.rowText}>
        <span lang={lang}>{text}</span> {contested && <SeveralVersions />}
      </span>
    );
  }
  const hit = found?.hits.get(node.code);
  const inText = hit?.ranges ?? [];
  // The hit tells where it is in the text; an area's line is its title, so its text comes below.
  const line =
    node.kind === 'measure'
      ? excerpt(text, inText, BEGINNING)
      : { excerpt: text, ranges: found === null ? [] : matchRanges(text, found.query) };
  const whole = texts.one(node.code, 'text');
  const below = node.kind === 'area' && inText.length > 0 ? excerpt(whole.text, inText, BEGINNING) : null;
  return (
    <span className={classes.coded}>
      <span className={classes.code}>{shortCode(node.code, document)}</span>{' '}
      <span className={classes.rowText}>
        <span lang={lang}>
          <Highlighted text={line.excerpt} ranges={line.ranges} />
        </span>{' '}
        {contested && <SeveralVersions />}
      </span>
      {below !== null && (
        <span className={classes.below} lang={whole.lang}>
          <Highlighted text={below.excerpt} ranges={below.ranges} />
        </span>
      )}
    </span>
  );
}
