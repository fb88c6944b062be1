import { useMemo, useSyncExternalStore } from 'react';

/**
 * Where the person is. A page-mode browser keeps addresses in its history, so an address holds codes and random
 * ids only, never a word that somebody typed.
 */
export type Route = (
  | { readonly name: 'catalogue'; readonly code: string | null }
  | { readonly name: 'observations' }
  | { readonly name: 'observation-new' }
  | { readonly name: 'observation'; readonly id: string }
  | { readonly name: 'observation-edit'; readonly id: string }
  | { readonly name: 'drafts' }
  | { readonly name: 'conflicts' }
  | { readonly name: 'exchange' }
  | { readonly name: 'team' }
  | { readonly name: 'settings' }
  | { readonly name: 'not-found' }
) & {
  /** What follows `?`: codes and ids, e.g. `measure` or `draft` for a new observation. */
  readonly query: Readonly<Record<string, string>>;
};

/** Addresses, for `href` and `navigate`. */
export const paths = {
  catalogue: (code?: string) =>
    code === undefined ? '#/catalogue' : `#/catalogue/${encodeURIComponent(code)}`,
  /** `measure`, `theme`, `direction`, `place` ...: what the list is narrowed to, by code. */
  observations: (query: Readonly<Record<string, string>> = {}) => {
    const search = new URLSearchParams(query).toString();
    return search === '' ? '#/observations' : `#/observations?${search}`;
  },
  newObservation: (query: Readonly<Record<string, string>> = {}) => {
    const search = new URLSearchParams(query).toString();
    return search === '' ? '#/observations/new' : `#/observations/new?${search}`;
  },
  /** `in`: the key of the list's result that led here, for the way to the next and the previous one. */
  observation: (id: string, query: { readonly in?: string } = {}) =>
    `#/observations/${encodeURIComponent(id)}${query.in === undefined ? '' : `?in=${encodeURIComponent(query.in)}`}`,
  editObservation: (id: string, query: Readonly<Record<string, string>> = {}) => {
    const search = new URLSearchParams(query).toString();
    return `#/observations/${encodeURIComponent(id)}/edit${search === '' ? '' : `?${search}`}`;
  },
  drafts: () => '#/drafts',
  conflicts: () => '#/conflicts',
  exchange: () => '#/exchange',
  team: () => '#/team',
  settings: () => '#/settings',
} as const;

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const query = Object.fromEntries(new URLSearchParams(search));
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const [section = 'catalogue', first, second] = parts;
  const lost: Route = { name: 'not-found', query };
  if (parts.includes(null) || parts.length > 3) return lost;
  switch (section) {
    case 'catalogue':
      return parts.length > 2 ? lost : { name: 'catalogue', code: first ?? null, query };
    case 'observations':
      if (typeof first !== 'string') return { name: 'observations', query };
      if (second === undefined) {
        return first === 'new'
          ? { name: 'observation-new', query }
          : { name: 'observation', id: first, query };
      }
      return second === 'edit' ? { name: 'observation-edit', id: first, query } : lost;
    case 'drafts':
    case 'conflicts':
    case 'exchange':
    case 'team':
    case 'settings':
      return parts.length === 1 ? { name: section, query } : lost;
    default:
      return lost;
  }
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** The current address, parsed; the component renders again when it changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

/** Goes to an address of `paths`. `replace` leaves no step for the back button. */
export function navigate(path: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace === true) window.location.replace(path);
  else window.location.hash = path;
}
