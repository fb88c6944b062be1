import { useSyncExternalStore } from 'react';

/** A point in the window, in CSS pixels from its top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How the person wants the letters: nothing about what is typed with them. */
export interface LettersState {
  /** Null until the person chose: then the language decides. */
  readonly shown: boolean | null;
  /** Where she put them; null: beside the field. */
  readonly at: Point | null;
}

const KEY = 'baikoo.letters';
const FIRST: LettersState = { shown: null, at: null };

function isPoint(value: unknown): value is Point {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y } = value as Record<string, unknown>;
  return typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y);
}

function read(): LettersState {
  try {
    const kept = JSON.parse(window.localStorage.getItem(KEY) ?? 'null') as Record<string, unknown> | null;
    return {
      shown: typeof kept?.shown === 'boolean' ? kept.shown : null,
      at: isPoint(kept?.at) ? { x: kept.at.x, y: kept.at.y } : null,
    };
  } catch {
    // No storage or somebody else's text in it: the letters start as they do on the first day.
    return FIRST;
  }
}

let state: LettersState | null = null;
const listeners = new Set<() => void>();

const current = (): LettersState => {
  state ??= read();
  return state;
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Remembers for this window and, where the browser allows it, for the next one. */
export function setLetters(edit: Partial<LettersState>): void {
  state = { ...current(), ...edit };
  try {
    window.localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Remembered until the window closes.
  }
  for (const listener of listeners) listener();
}

export const useLetters = (): LettersState => useSyncExternalStore(subscribe, current);
