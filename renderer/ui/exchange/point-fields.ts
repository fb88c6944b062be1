import type { TargetChoice, TargetKind, TargetSettings } from '@/core/team-doors.ts';

/** An exchange point's form as it stands: every kind's fields are kept, so that changing the kind loses nothing. */
export interface PointFields {
  readonly kind: TargetKind;
  readonly name: string;
  readonly automatic: boolean;
  readonly metered: boolean;
  readonly path: string;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly urls: string;
  readonly seed: string;
  readonly fingerprint: string | null;
}

export const EMPTY_POINT: PointFields = {
  kind: 'folder',
  name: '',
  automatic: true,
  metered: false,
  path: '',
  url: '',
  user: '',
  password: '',
  urls: '',
  seed: '',
  fingerprint: null,
};

type Field = 'name' | 'path' | 'url' | 'user' | 'password' | 'urls' | 'seed';
export type PointProblem = 'missing' | 'notHttps' | 'notWss';
export type PointProblems = Partial<Record<Field, PointProblem>>;

const addressesOf = (urls: string): readonly string[] =>
  urls
    .split(/[\s,]+/)
    .map((url) => url.trim())
    .filter((url) => url !== '');

/** Only this machine can be spoken to in the clear: a server on the way could read and change what is asked. */
const isProtected = (url: string, scheme: 'https' | 'wss'): boolean =>
  new RegExp(`^${scheme}://[^/]`, 'i').test(url) ||
  new RegExp(`^${scheme.slice(0, -1)}://(?:127\\.0\\.0\\.1|localhost|\\[::1\\])(?::|/|$)`, 'i').test(url);

/** What keeps the settings from being tried, by field. */
export function settingsProblems(fields: PointFields): PointProblems {
  const problems: PointProblems = {};
  const need = (...names: readonly Field[]) => {
    for (const name of names) if (fields[name].trim() === '') problems[name] = 'missing';
  };
  switch (fields.kind) {
    case 'folder':
      need('path');
      break;
    case 'webdav':
      need('url', 'user', 'password');
      if (problems.url === undefined && !isProtected(fields.url.trim(), 'https')) problems.url = 'notHttps';
      break;
    case 'relay':
      need('urls', 'seed');
      if (problems.urls === undefined && !addressesOf(fields.urls).every((url) => isProtected(url, 'wss'))) {
        problems.urls = 'notWss';
      }
      break;
  }
  return problems;
}

export function settingsOf(fields: PointFields): TargetSettings {
  switch (fields.kind) {
    case 'folder':
      return { kind: 'folder', path: fields.path.trim() };
    case 'webdav':
      return {
        kind: 'webdav',
        url: fields.url.trim(),
        user: fields.user.trim(),
        password: fields.password,
        fingerprint: fields.fingerprint,
      };
    case 'relay':
      return {
        kind: 'relay',
        urls: addressesOf(fields.urls),
        seed: fields.seed.trim(),
        fingerprint: fields.fingerprint,
      };
  }
}

export function choiceOf(fields: PointFields): TargetChoice {
  const { name, automatic, metered } = fields;
  return { name: name.trim(), automatic, metered, settings: settingsOf(fields) };
}
