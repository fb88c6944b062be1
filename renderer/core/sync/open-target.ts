import type { Random } from '../base/clock.ts';
import type { Host } from '../host/host.ts';
import { openFolderTarget } from './folder-target.ts';
import type { OpenTarget } from './target.ts';
import { openWebdavTarget, type WebdavSettings } from './webdav-target.ts';

/** The targets that core itself opens; a relay's needs a package and stands in `renderer/relay/`. */
export type FolderOrWebdav =
  | { readonly kind: 'folder'; readonly path: string }
  | ({ readonly kind: 'webdav' } & WebdavSettings);

/**
 * From what a person entered to a target. A folder is looked at, a server is not: it is first asked when it is first
 * used. Errors: as `openFolderTarget`'s and `openWebdavTarget`'s.
 */
export function openTarget(
  host: Pick<Host, 'folders' | 'http'>,
  settings: FolderOrWebdav,
  random: Random,
): Promise<OpenTarget> {
  return settings.kind === 'folder'
    ? openFolderTarget(host, settings.path)
    : openWebdavTarget(host, settings, random);
}
