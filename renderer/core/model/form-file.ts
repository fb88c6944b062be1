import type { Json } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Form, type FormProblem, formSchema } from './form.ts';
import { type FormFault, faultOfIssue } from './form-issue.ts';
import { findFormFaults, type KnownCodes } from './form-sense.ts';
import { lineAndColumn, type PositionedJson, readPositionedJson } from './positioned-json.ts';

/** Some fifty times the largest form we ship: far above what a person can answer, far below what would freeze a window. */
export const MAX_FORM_FILE = 2_000_000;
/** The format itself needs eight levels; the rest is room for nested conditions. */
const MAX_DEPTH = 40;

/**
 * Reads a form file, or says in which line and column the first fault of the file stands, and why.
 *
 * Phases: (1) size; (2) JSON; (3) is it a form of a version we know; (4) shape, against `formSchema`; (5) sense:
 * codes that repeat, conditions that name what does not exist. A phase runs only on what passed the one before,
 * and of several faults the one nearest to the file's beginning is told. `known` (themes and vocabularies of this
 * workspace) makes phase 5 also refuse lists and themes that nobody has.
 */
export function parseFormFile(text: string, known: KnownCodes = {}): Result<Form, FormProblem> {
  const problem = (offset: number, code: string, detail: FormProblem['detail']): Result<Form, FormProblem> =>
    err({ ...lineAndColumn(text, offset), code, detail });

  if (text.length > MAX_FORM_FILE) {
    return problem(0, 'form/too-large', { limit: 'characters', maximum: MAX_FORM_FILE, found: text.length });
  }

  const read = readPositionedJson(text, MAX_DEPTH);
  if (!read.ok) {
    const { offset, code, found } = read.error;
    if (code === 'duplicate') return problem(offset, 'form/duplicate-member', { member: found });
    if (code === 'deep') return problem(offset, 'form/too-large', { limit: 'depth', maximum: MAX_DEPTH });
    return problem(offset, 'form/not-json', { found });
  }
  const json = read.value;

  const head = headFault(json.value);
  if (head !== null) return problem(json.valueAt(head.path), head.code, head.detail);

  const parsed = formSchema.safeParse(json.value);
  const faults = parsed.success
    ? findFormFaults(parsed.data, known)
    : parsed.error.issues.flatMap((issue) => faultOfIssue(issue, json.value));
  const first = faults
    .map((fault) => ({ fault, offset: offsetOf(fault, json) }))
    .sort((a, b) => a.offset - b.offset)[0];
  if (first !== undefined) {
    const { path, code, detail } = first.fault;
    return problem(first.offset, code, { path: path.join('/'), ...detail });
  }
  if (!parsed.success) return problem(0, 'form/not-a-form', {});
  return ok(parsed.data);
}

/** A file of another kind, or of a later version, is told before its thousand differences are. */
function headFault(value: Json): FormFault | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { format, version } = (isObject ? value : {}) as { readonly [name: string]: Json | undefined };
  if (format !== 'baikoo-form') return { path: ['format'], code: 'form/not-a-form', detail: {} };
  if (typeof version === 'number' && version > 1) {
    return { path: ['version'], code: 'form/newer', detail: { found: version } };
  }
  return null;
}

const offsetOf = (fault: FormFault, json: PositionedJson): number =>
  fault.member === undefined ? json.valueAt(fault.path) : json.nameAt(fault.path, fault.member);
