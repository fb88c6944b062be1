import type { z } from 'zod';
import type { Json } from '../base/json.ts';
import { isLocale } from '../base/locales.ts';
import type { FormProblem } from './form.ts';

/** A fault before its place in the text is looked up. */
export interface FormFault {
  readonly path: readonly (string | number)[];
  /** Set when the fault is the name of a member of the object at `path`, not a value. */
  readonly member?: string;
  readonly code: string;
  readonly detail: FormProblem['detail'];
}

type Issue = z.core.$ZodIssue;

const LABELS: readonly (string | number)[] = ['label', 'title', 'hint', 'message'];
const CONDITION_KEYS = ['all', 'any', 'not', 'is', 'answered', 'below', 'above'];

function lookUp(root: Json, path: readonly (string | number)[]): Json | undefined {
  let value: Json | undefined = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, Json>)[step];
  }
  return value;
}

function shown(value: Json | undefined): string {
  if (typeof value === 'string') return value.slice(0, 80);
  if (Array.isArray(value)) return '[ ]';
  return typeof value === 'object' && value !== null ? '{ }' : String(value);
}

/**
 * Translates what zod found into the form file's own codes. An unknown issue of a future zod becomes `form/wrong-type`:
 * the file stays refused and the place stays right.
 */
export function faultOfIssue(
  issue: Issue,
  root: Json,
  prefix: readonly (string | number)[] = [],
): FormFault[] {
  const path = [...prefix, ...(issue.path as (string | number)[])];
  const last = path.at(-1);
  const value = lookUp(root, path);
  const isLabelText = typeof last === 'string' && isLocale(last) && LABELS.includes(path.at(-2) ?? '');
  const fault = (code: string, detail: FormProblem['detail'] = {}): FormFault[] => [{ path, code, detail }];

  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((member) => ({ path, member, code: 'form/unknown-member', detail: { member } }));
  }
  if (issue.code === 'invalid_union') return faultsOfUnion(issue.errors, root, path, value);
  if (isLabelText && (value === undefined || shown(value).trim() === '')) {
    return fault('form/label-missing', { locale: last });
  }
  if (value === undefined) return fault('form/missing', { member: shown(last) });
  switch (issue.code) {
    case 'invalid_format':
      return fault('form/bad-code', { found: shown(value) });
    case 'too_big':
      return fault('form/too-large', { limit: String(last), maximum: Number(issue.maximum) });
    case 'too_small':
      if (last === 'options') return fault('form/no-options');
      if (last === 'columns') return fault('form/no-columns');
      if (Array.isArray(value)) return fault('form/missing', { member: shown(last) });
      return fault('form/wrong-type', { found: shown(value) });
    case 'invalid_value':
      return fault('form/wrong-type', { found: shown(value), expected: issue.values.join(' ') });
    case 'invalid_type':
      return fault('form/wrong-type', { found: shown(value), expected: issue.expected });
    default:
      return fault('form/wrong-type', { found: shown(value) });
  }
}

/** Of a condition's possible shapes, the one its author meant: the shape whose telling member is there. */
function faultsOfUnion(
  branches: readonly (readonly Issue[])[],
  root: Json,
  path: readonly (string | number)[],
  value: Json | undefined,
): FormFault[] {
  const wrong: FormFault = { path, code: 'form/wrong-type', detail: { found: shown(value) } };
  if (value === undefined)
    return [{ ...wrong, code: 'form/missing', detail: { member: shown(path.at(-1)) } }];
  if (branches.length !== CONDITION_KEYS.length) {
    // Numbers and questions as bounds, one code or several: the branch that got deepest is the one that was meant.
    const deepest = branches.find((branch) => branch.some((issue) => issue.path.length > 0));
    return deepest?.flatMap((issue) => faultOfIssue(issue, root, path)) ?? codeFault(branches, wrong, value);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [wrong];
  const meant = CONDITION_KEYS.findIndex((key) => key in value);
  if (meant < 0) {
    return [{ path, code: 'form/missing', detail: { member: CONDITION_KEYS.join(' ') } }];
  }
  return (branches[meant] ?? []).flatMap((issue) => faultOfIssue(issue, root, path));
}

function codeFault(
  branches: readonly (readonly Issue[])[],
  wrong: FormFault,
  value: Json | undefined,
): FormFault[] {
  const badCode = branches.some((branch) => branch.some((issue) => issue.code === 'invalid_format'));
  return [badCode ? { ...wrong, code: 'form/bad-code', detail: { found: shown(value) } } : wrong];
}
