import type { Area, Catalogue, Measure } from '@/core/model/recommendation.ts';
import type { Browse } from './browse.ts';

/** A line of the letter's own outline: a section, an area in it, a measure of an area. */
export type OutlineNode =
  | { readonly kind: 'section'; readonly code: string; readonly children: readonly OutlineNode[] }
  | {
      readonly kind: 'area';
      readonly code: string;
      readonly area: Area;
      readonly children: readonly OutlineNode[];
    }
  | { readonly kind: 'measure'; readonly code: string; readonly measure: Measure; readonly area: Area };

export const childrenOf = (node: OutlineNode): readonly OutlineNode[] =>
  node.kind === 'measure' ? [] : node.children;

const areaNode = (area: Area): OutlineNode => ({
  kind: 'area',
  code: area.code,
  area,
  children: area.measures.map((measure) => ({ kind: 'measure', code: measure.code, measure, area })),
});

/** Sections, areas and measures in the letter's order. */
export function outlineOf({ areas }: Pick<Catalogue, 'areas'>): readonly OutlineNode[] {
  const roots: OutlineNode[] = [];
  const sections = new Map<string, OutlineNode[]>();
  for (const area of areas) {
    let siblings = roots;
    for (const code of area.sectionCodes) {
      let children = sections.get(code);
      if (children === undefined) {
        children = [];
        sections.set(code, children);
        siblings.push({ kind: 'section', code, children });
      }
      siblings = children;
    }
    siblings.push(areaNode(area));
  }
  return roots;
}

const speaksOf = (wanted: string | null, codes: readonly string[]): boolean =>
  wanted === null || codes.includes(wanted);

/** A goal (`5`) stands for each of its targets. */
export const hasTarget = (area: Area, wanted: string | null): boolean =>
  wanted === null ||
  area.sdgTargets.some(({ target }) => target === wanted || target.startsWith(`${wanted}.`));

/**
 * The codes that stay in the outline, with the sections and areas they stand in; null when all do. `hits` are the
 * areas and measures a search found.
 */
export function keptCodes(
  areas: readonly Area[],
  browse: Pick<Browse, 'theme' | 'group' | 'sdg'>,
  hits: ReadonlySet<string> | null,
): ReadonlySet<string> | null {
  const { theme, group, sdg } = browse;
  if (theme === null && group === null && sdg === null && hits === null) return null;
  const kept = new Set<string>();
  for (const area of areas) {
    if (!hasTarget(area, sdg)) continue;
    const meant = area.measures.filter(
      (measure) => speaksOf(theme, measure.themes) && speaksOf(group, measure.groups),
    );
    const found = meant.filter(({ code }) => hits === null || hits.has(code));
    if (found.length === 0 && (meant.length === 0 || hits?.has(area.code) !== true)) continue;
    for (const code of [...area.sectionCodes, area.code, ...found.map((measure) => measure.code)]) {
      kept.add(code);
    }
  }
  return kept;
}

/** A line as it stands in the tree at this moment. */
export interface TreeRow {
  readonly node: OutlineNode;
  /** 1 for the outermost. */
  readonly level: number;
  /** 1-based among its siblings, of how many. */
  readonly place: number;
  readonly of: number;
  readonly parent: string | null;
  /** Null where there is nothing to open. */
  readonly open: boolean | null;
}

/** The lines on the screen, from the top down. */
export function treeRows(
  outline: readonly OutlineNode[],
  kept: ReadonlySet<string> | null,
  isOpen: (node: OutlineNode) => boolean,
): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (nodes: readonly OutlineNode[], level: number, parent: string | null): void => {
    const shown = nodes.filter(({ code }) => kept === null || kept.has(code));
    shown.forEach((node, index) => {
      const children = childrenOf(node);
      const expandable = children.some(({ code }) => kept === null || kept.has(code));
      const open = expandable ? isOpen(node) : null;
      rows.push({ node, level, place: index + 1, of: shown.length, parent, open });
      if (open === true) add(children, level + 1, node.code);
    });
  };
  add(outline, 1, null);
  return rows;
}
