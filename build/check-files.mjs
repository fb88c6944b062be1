// What the checks have in common: which files there are, and how findings are told.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// `--root DIR` checks another tree than the one this file is in; the tests of the checks use it.
const chosen = process.argv.indexOf('--root');
process.chdir(
  chosen > 0 ? (process.argv[chosen + 1] ?? '.') : dirname(dirname(fileURLToPath(import.meta.url))),
);

const FOREIGN = new Set(['node_modules', 'dist', 'coverage', 'test-results']);

/** Every file below `folders` whose path matches, by its path from the root, with forward slashes. */
export function listFiles(pattern, folders = ['.']) {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || FOREIGN.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (pattern.test(path.replaceAll('\\', '/'))) found.push(path.replaceAll('\\', '/'));
    }
  };
  for (const folder of folders) {
    try {
      walk(folder);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  return found.sort();
}

/** Prints the findings, or one line that there are none, and sets the exit code. */
export function report(name, problems) {
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`${name}: nothing found`);
  else console.error(`${name}: ${problems.length} found`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
