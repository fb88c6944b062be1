import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { RELEASE_CONTEXT, releaseSchema } from '../renderer/core/host/contract.ts';

/**
 * For who publishes: prints the signed release that the update check asks for, made of the installers given.
 *
 *   openssl genpkey -algorithm ed25519 -out publisher.pem      (once; kept off the network)
 *   openssl pkey -in publisher.pem -pubout -outform DER | tail -c 32 | base64      (the key of build/publisher.json)
 *   npx tsx build/sign-release.ts --key publisher.pem --notes notes.json dist/packages/*.exe ... > release.json
 *
 * `notes.json` holds one text for each of the five languages. The version is that of package.json.
 */
export async function signRelease(options: {
  readonly version: string;
  readonly notes: unknown;
  readonly files: readonly string[];
  readonly key: KeyObject;
}): Promise<string> {
  const files = await Promise.all(
    options.files.map(async (path) => {
      const content = await readFile(path);
      const sha256 = createHash('sha256').update(content).digest('hex');
      return { name: basename(path), bytes: content.length, sha256 };
    }),
  );
  const release = JSON.stringify(
    releaseSchema.parse({ version: options.version, notes: options.notes, files }),
  );
  const signature = sign(null, Buffer.from(RELEASE_CONTEXT + release), options.key).toString('base64');
  return JSON.stringify({ release, signature });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({
    options: { key: { type: 'string' }, notes: { type: 'string' } },
    allowPositionals: true,
  });
  if (values.key === undefined || values.notes === undefined || positionals.length === 0) {
    console.error('Use: sign-release --key publisher.pem --notes notes.json INSTALLER...');
    process.exit(2);
  }
  const described = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  console.log(
    await signRelease({
      version: (JSON.parse(described) as { version: string }).version,
      notes: JSON.parse(await readFile(values.notes, 'utf8')),
      files: positionals,
      key: createPrivateKey(await readFile(values.key)),
    }),
  );
}
