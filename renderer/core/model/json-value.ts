import { z } from 'zod';
import type { Json } from '../base/json.ts';

/** Lists and objects in one another: the deepest form or answer has fewer than twenty. */
const DEEPEST = 64;

function isJson(value: unknown, room: number): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || room === 0) return false;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return members.every((member) => isJson(member, room - 1));
}

/**
 * True for any JSON value that is not nested deeper than whoever reads it can go: a value of thousands of lists in one
 * another is no larger than a name, and would end a program that follows it by recursion.
 */
export const isJsonValue = (value: unknown): value is Json => isJson(value, DEEPEST);

export const jsonValueSchema = z.custom<Json>(isJsonValue);
