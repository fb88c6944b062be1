import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, test } from 'vitest';
import { openTarget } from '@/core/sync/open-target.ts';
import { systemRandom } from '@/core/vault/primitives.ts';
import { Apache, apacheServer, PASSWORD, USER } from '../support/apache.ts';
import { FaultyLine } from '../support/faulty-line.ts';
import { openRealHost } from '../support/real-host.ts';
import { describeTarget } from './target-suite.ts';

/** `encoded`: as a person copies it from Nextcloud's page; the other as they type it. */
const WAYS = [
  { way: 'basic', base: 'dav/files/Айгүл Б/Baikoo 100%', address: 'dav/files/Айгүл Б/Baikoo 100%25/' },
  { way: 'digest', base: 'Team (1)', address: 'Team%20(1)' },
] as const;

if (apacheServer.found || apacheServer.required) {
  describe.each(WAYS)('WebDAV', ({ way, base, address }) => {
    describeTarget(`Apache's mod_dav, ${way}`, async () => {
      const apache = await Apache.start();
      const root = join(apache.files, base);
      // The last of them is the target's to make.
      await mkdir(dirname(root), { recursive: true });
      apache.adopt();
      const line = await FaultyLine.to(apache.tlsPort);
      const { host, close } = await openRealHost();
      return {
        open: () =>
          openTarget(
            host,
            {
              kind: 'webdav',
              url: `https://127.0.0.1:${line.port}/${way}/${address}`,
              user: USER,
              password: PASSWORD,
              fingerprint: apache.certificate.fingerprint,
            },
            systemRandom,
          ),
        async plant(path, bytes) {
          await mkdir(dirname(join(root, path)), { recursive: true });
          await writeFile(join(root, path), bytes);
          apache.adopt();
        },
        remove: (path) => rm(join(root, path), { recursive: true }),
        cut: async () => {
          line.down = true;
          line.cut();
        },
        mend: async () => {
          line.down = false;
        },
        makeReadOnly: null,
        makeWritable: null,
        close: async () => {
          await close();
          await line.close();
          await apache.stop();
        },
      };
    });
  });
} else {
  console.warn('NOT RUN, apache2 was not found: the port over WebDAV');
  describe('the port over WebDAV', () => {
    test.skip('holds what every target promises [NOT RUN: no apache2]', () => undefined);
  });
}
