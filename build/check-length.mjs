// `npm run check:length`: no source file over 400 lines, no exemption list.
import { readFile } from 'node:fs/promises';
import { listFiles, report } from './check-files.mjs';

const LIMIT = 400;
const problems = [];
for (const file of listFiles(/\.(ts|tsx|mjs|cjs|css)$/)) {
  const lines = (await readFile(file, 'utf8')).split('\n').length - 1;
  if (lines > LIMIT) problems.push(`${file}: ${lines} lines; at most ${LIMIT}`);
}
report('length', problems);
