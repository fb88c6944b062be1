import type { ExportChoices } from './export-choices.ts';
import type { ExportFacts } from './use-export.ts';

/** What every part of the dialog's form gets. */
export interface ChoiceProps {
  readonly facts: ExportFacts;
  readonly choices: ExportChoices;
  readonly onChange: (edit: Partial<ExportChoices>) => void;
}
