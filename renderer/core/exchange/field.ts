import type { Label } from '../base/locales.ts';
import type { Column } from './column.ts';
import type { ExportRecord } from './record.ts';

/** What a person ticks as one column: a field of the observation with all columns that show it. */
export interface Field {
  /** `narrative`, `bride-kidnapping/age`. */
  readonly code: string;
  readonly label: Label;
  /** Left out unless sensitive fields are asked for. */
  readonly sensitive: boolean;
  /** Ticked unless a person unticks it. */
  readonly standard: boolean;
  /** Registers it shows: a field (`date`), a collection (`links`), an element (`answers/bride-kidnapping/age`). */
  readonly registers: readonly string[];
  readonly columns: readonly Column<ExportRecord>[];
}

/** True when the field says anything about the record. */
export const isFilled = (field: Field, record: ExportRecord): boolean =>
  field.columns.some((column) => {
    if (!column.primary) return false;
    const cell = column.cell(record);
    return cell !== null && cell !== '';
  });

/** The field that shows a register, if any does. */
export function fieldOfRegister(fields: readonly Field[], register: string): Field | undefined {
  const collection = register.split('/')[0] as string;
  return (
    fields.find(({ registers }) => registers.includes(register)) ??
    fields.find(({ registers }) => registers.includes(collection))
  );
}
