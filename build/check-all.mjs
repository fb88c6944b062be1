// `npm run check`: every check of package.json (`check:…`), one after the other, to the end even when one fails,
// so that a single run shows all there is to mend.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const failed = [];
for (const name of Object.keys(scripts).filter((script) => script.startsWith('check:'))) {
  console.log(`\n== ${name}`);
  // Through the shell, as npm itself does: on Windows npm is a .cmd file.
  const { status } = spawnSync(`npm run --silent ${name}`, { cwd: root, stdio: 'inherit', shell: true });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll checks passed' : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
