/* biome-ignore-all lint/a11y/useSemanticElements: a table's own elements bring a table's layout, and rows that are placed by their offset have none. */
/* biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row. */
import type { ComponentProps } from 'react';

/** The parts of a grid made of `div`s. */
type Part = Omit<ComponentProps<'div'>, 'role' | 'tabIndex'>;

/** The one stop of the Tab key; `aria-activedescendant` says which row the keys are about. */
export const Grid = (props: Part) => <div {...props} role="grid" tabIndex={0} />;
/** Head or body. */
export const RowGroup = (props: Part) => <div {...props} role="rowgroup" />;
export const Row = (props: Part) => <div {...props} role="row" />;
export const Cell = (props: Part) => <div {...props} role="gridcell" />;
export const ColumnHeader = (props: Part) => <div {...props} role="columnheader" />;
