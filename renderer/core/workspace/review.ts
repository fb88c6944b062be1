import { type Json, sameJson } from '../base/json.ts';
import { DELETED } from '../changes/register.ts';
import type { FieldMap } from '../model/fields.ts';

const STATUS = 'status';

/** Whether a reviewer's judgement covers a register; tags only sort. */
const isReviewed = (register: string): boolean =>
  register !== 'reviewNote' && register !== DELETED && !register.startsWith('tags/');

/**
 * An edit of an observation with the record back under review: whatever judgement there is, it was about other words.
 * The edit says so also where nobody has judged yet, because somebody may be doing it elsewhere: their judgement then
 * stands beside it as a conflict. Two edits that both say so are none.
 */
export const underReview = (edited: FieldMap): FieldMap =>
  STATUS in edited || !Object.keys(edited).some(isReviewed) ? edited : { ...edited, [STATUS]: 'submitted' };

/** Whether the register that a change wrote is a status that only says again what it was before. */
export const isSaidAgain = (register: string, value: Json, before: readonly Json[]): boolean =>
  register === STATUS && before.length > 0 && before.every((old) => sameJson(old, value));
