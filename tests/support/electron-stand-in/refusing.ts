/** What Promises, inspection and equality look for on any object, without meaning anything by it. */
const LOOKED_FOR = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType', 'constructor', 'inspect']);

/**
 * `model` as the stand-in hands it out: a member that it does not have is a loud error instead of `undefined`, so
 * that code which comes to use more of Electron fails here and the stand-in is extended on purpose.
 */
export function refusing<T extends object>(name: string, model: T): T {
  return new Proxy(model, {
    get(target, member) {
      if (typeof member === 'symbol' || member in target || LOOKED_FOR.has(member)) {
        // Read from the model itself, which may have private members.
        const value = Reflect.get(target, member);
        return typeof value === 'function' && !isClass(value) ? value.bind(target) : value;
      }
      throw new Error(`The stand-in does not model ${name}.${member}.`);
    },
  });
}

/** Throws for the first of `given`'s members that `known` does not name. */
export function refuseUnknown(what: string, given: object, known: readonly string[]): void {
  for (const member of Object.keys(given)) {
    if (!known.includes(member)) throw new Error(`The stand-in does not model ${what}.${member}.`);
  }
}

const isClass = (value: object): boolean => /^class\b/.test(Function.prototype.toString.call(value));

type Listener = (...args: never[]) => void;

/** Events of a closed set of names: listening for, or sending, any other is an error. */
export class ClosedEmitter<Name extends string> {
  readonly #names: readonly Name[];
  readonly #owner: string;
  readonly #listeners = new Map<Name, { readonly call: Listener; readonly once: boolean }[]>();

  constructor(owner: string, names: readonly Name[]) {
    this.#owner = owner;
    this.#names = names;
  }

  #listen(name: Name, call: Listener, once: boolean): this {
    if (!this.#names.includes(name)) {
      throw new Error(`The stand-in does not model the event "${name}" of ${this.#owner}.`);
    }
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { call, once }]);
    return this;
  }

  on(name: Name, call: Listener): this {
    return this.#listen(name, call, false);
  }

  once(name: Name, call: Listener): this {
    return this.#listen(name, call, true);
  }

  removeListener(name: Name, call: Listener): this {
    const left = (this.#listeners.get(name) ?? []).filter((listener) => listener.call !== call);
    this.#listeners.set(name, left);
    return this;
  }

  emit(name: Name, ...args: unknown[]): void {
    const called = this.#listeners.get(name) ?? [];
    this.#listeners.set(
      name,
      called.filter(({ once }) => !once),
    );
    for (const { call } of called) (call as (...all: unknown[]) => void)(...args);
  }
}

/** The event that Electron hands to a listener which may prevent what follows. */
export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<T extends object>(name: string, members: T): T & Preventable {
  let prevented = false;
  return refusing(name, {
    ...members,
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      prevented = true;
    },
  });
}
