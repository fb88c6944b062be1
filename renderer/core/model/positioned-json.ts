import type { Json } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';

/**
 * Strict JSON (RFC 8259) that remembers where every member stood, for files that people write by hand.
 *
 * Threat model: the file comes from anywhere. (1) `__proto__` is an ordinary own member here, so it can change no
 * prototype. (2) Depth is bounded, so that no file overflows the stack. (3) A member given twice is refused, because
 * readers disagree about which one counts. (4) Size is the caller's to bound: time is linear in it.
 */
export interface JsonSyntaxProblem {
  /** UTF-16 index in the text. */
  readonly offset: number;
  readonly code: 'syntax' | 'duplicate' | 'deep';
  /** What was found there: one character, a member's name, or '' at the end of the text. */
  readonly found: string;
}

export interface PositionedJson {
  readonly value: Json;
  /** Index of the value at a path; of the nearest value above it when the path leads nowhere. */
  valueAt(path: readonly (string | number)[]): number;
  /** Index of a member's name; of the object when it has no such member. */
  nameAt(path: readonly (string | number)[], name: string): number;
}

interface Node {
  readonly start: number;
  /** Offsets of names and values, by name or index. */
  readonly names: Map<string, number>;
  readonly values: Map<string | number, number>;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HEX4 = /[0-9a-fA-F]{4}/y;

class Refusal {
  constructor(readonly problem: JsonSyntaxProblem) {}
}

class Reader {
  readonly nodes = new Map<object, Node>();
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  document(): { value: Json; start: number } {
    if (this.#text.startsWith('\ufeff')) this.#at = 1;
    this.#space();
    const start = this.#at;
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw this.#refusal('syntax');
    return { value, start };
  }

  #refusal(code: JsonSyntaxProblem['code'], offset = this.#at, found = this.#text.charAt(offset)): Refusal {
    return new Refusal({ offset, code, found });
  }

  #space(): void {
    for (;;) {
      const char = this.#text.charCodeAt(this.#at);
      if (char !== 0x20 && char !== 0x0a && char !== 0x0d && char !== 0x09) return;
      this.#at++;
    }
  }

  #take(char: string): boolean {
    if (this.#text.charAt(this.#at) !== char) return false;
    this.#at++;
    return true;
  }

  #expect(char: string): void {
    if (!this.#take(char)) throw this.#refusal('syntax');
  }

  #value(depth: number): Json {
    if (depth > this.#maxDepth) throw this.#refusal('deep');
    switch (this.#text.charAt(this.#at)) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #word(word: string, value: Json): Json {
    if (!this.#text.startsWith(word, this.#at)) throw this.#refusal('syntax');
    this.#at += word.length;
    return value;
  }

  #number(): number {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match === null || !Number.isFinite(Number(match[0]))) throw this.#refusal('syntax');
    this.#at = NUMBER.lastIndex;
    return Number(match[0]);
  }

  #string(): string {
    this.#expect('"');
    let value = '';
    let from = this.#at;
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '"') {
        value += this.#text.slice(from, this.#at++);
        return value;
      }
      if (char < ' ') throw this.#refusal('syntax');
      if (char !== '\\') {
        this.#at++;
        continue;
      }
      value += this.#text.slice(from, this.#at);
      const kind = this.#text.charAt(this.#at + 1);
      const plain = ESCAPES[kind];
      HEX4.lastIndex = this.#at + 2;
      const hex = kind === 'u' ? HEX4.exec(this.#text) : null;
      if (plain === undefined && hex === null) throw this.#refusal('syntax');
      value += plain ?? String.fromCharCode(Number.parseInt(hex?.[0] ?? '', 16));
      this.#at += hex === null ? 2 : 6;
      from = this.#at;
    }
  }

  #object(depth: number): Json {
    const node: Node = { start: this.#at, names: new Map(), values: new Map() };
    const members: Record<string, Json> = {};
    this.nodes.set(members, node);
    this.#expect('{');
    this.#space();
    if (this.#take('}')) return members;
    do {
      this.#space();
      const nameOffset = this.#at;
      const name = this.#string();
      if (node.names.has(name)) throw this.#refusal('duplicate', nameOffset, name);
      this.#space();
      this.#expect(':');
      this.#space();
      node.names.set(name, nameOffset);
      node.values.set(name, this.#at);
      const value = this.#value(depth + 1);
      Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
      this.#space();
    } while (this.#take(','));
    this.#expect('}');
    return members;
  }

  #array(depth: number): Json {
    const node: Node = { start: this.#at, names: new Map(), values: new Map() };
    const items: Json[] = [];
    this.nodes.set(items, node);
    this.#expect('[');
    this.#space();
    if (this.#take(']')) return items;
    do {
      this.#space();
      node.values.set(items.length, this.#at);
      items.push(this.#value(depth + 1));
      this.#space();
    } while (this.#take(','));
    this.#expect(']');
    return items;
  }
}

/** Reads a text, or says at which index it stops being JSON. A byte order mark in front is allowed. */
export function readPositionedJson(
  text: string,
  maxDepth: number,
): Result<PositionedJson, JsonSyntaxProblem> {
  const reader = new Reader(text, maxDepth);
  let read: { value: Json; start: number };
  try {
    read = reader.document();
  } catch (thrown) {
    if (thrown instanceof Refusal) return err(thrown.problem);
    throw thrown;
  }
  const { value: root, start } = read;

  const walk = (path: readonly (string | number)[]): { offset: number; node: Node | undefined } => {
    let offset = start;
    let value: Json | undefined = root;
    for (const step of path) {
      const node: Node | undefined =
        typeof value === 'object' && value !== null ? reader.nodes.get(value) : undefined;
      const next = node?.values.get(step);
      if (next === undefined) return { offset, node: undefined };
      offset = next;
      value = (value as Record<string | number, Json>)[step];
    }
    return {
      offset,
      node: typeof value === 'object' && value !== null ? reader.nodes.get(value) : undefined,
    };
  };

  return ok({
    value: root,
    valueAt: (path) => walk(path).offset,
    nameAt: (path, name) => {
      const { offset, node } = walk(path);
      return node?.names.get(name) ?? offset;
    },
  });
}

/** 1-based line and column (UTF-16 units, as editors count) of an index; CRLF, LF and CR end a line. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).replace(/^\ufeff/, '');
  const lines = before.split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
}
