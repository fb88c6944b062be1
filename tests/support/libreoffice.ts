import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/**
 * LibreOffice as a second reader of our workbooks, in a profile of its own. Where it is not installed the tests that
 * need it are reported as not run; with BAIKOO_REQUIRE_LIBREOFFICE=1 (continuous integration) they fail instead.
 */
const CANDIDATES = [
  'soffice',
  'libreoffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
  'C:\\Program Files\\LibreOffice\\program\\soffice.com',
];

function find(): string | null {
  const chosen = process.env.SOFFICE_PATH;
  for (const candidate of chosen === undefined ? CANDIDATES : [chosen]) {
    if (/[\\/]/.test(candidate)) {
      if (existsSync(candidate)) return candidate;
      continue;
    }
    const which = spawnSync(process.platform === 'win32' ? 'where' : 'which', [candidate], {
      encoding: 'utf8',
    });
    const path = which.stdout?.split(/\r?\n/)[0] ?? '';
    if (which.status === 0 && path !== '') return path;
  }
  return null;
}

const soffice = find();
const required = process.env.BAIKOO_REQUIRE_LIBREOFFICE === '1';

/** A test that needs LibreOffice. */
export function testWithLibreOffice(name: string, body: () => Promise<void>): void {
  if (soffice !== null) {
    test(name, body, 180_000);
    return;
  }
  if (required) {
    test(name, () =>
      expect.fail('LibreOffice is required here (BAIKOO_REQUIRE_LIBREOFFICE=1) and was not found.'),
    );
    return;
  }
  console.warn(`NOT RUN, LibreOffice was not found (SOFFICE_PATH names it): ${name}`);
  test.skip(`${name} [NOT RUN: no LibreOffice]`, body);
}

/** Separator `;`, quote `"`, UTF-8, from line 1, every text quoted, cells as shown, every sheet a file of its own. */
const CSV_FILTER = 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,true,false,false,false,-1';

/** Opens a workbook in LibreOffice and returns the cells of each sheet as it shows them. */
export async function sheetsByLibreOffice(workbook: Uint8Array): Promise<Map<string, string[][]>> {
  if (soffice === null) throw new Error('LibreOffice was not found.');
  const folder = await mkdtemp(join(tmpdir(), 'baikoo-libreoffice-'));
  try {
    const file = join(folder, 'w.xlsx');
    await writeFile(file, workbook);
    const profile = pathToFileURL(join(folder, 'profile')).href;
    const out = join(folder, 'out');
    await promisify(execFile)(
      soffice,
      [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', CSV_FILTER, '--outdir', out, file],
      { timeout: 150_000 },
    );
    const sheets = new Map<string, string[][]>();
    for (const name of await readdir(out)) {
      const sheet = /^w-(.*)\.csv$/s.exec(name)?.[1];
      if (sheet !== undefined) sheets.set(sheet, parseCsv(await readFile(join(out, name), 'utf8')));
    }
    if (sheets.size === 0) throw new Error('LibreOffice refused the workbook: no sheet came out.');
    return sheets;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** RFC 4180 with `;`; a byte order mark in front is dropped. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^;\r\n]*))(;|\r\n|\n|$)/gy;
  const source = text.replace(/^\ufeff/, '');
  while (field.lastIndex < source.length) {
    const match = field.exec(source);
    if (match === null) throw new Error(`This is no CSV from index ${field.lastIndex}.`);
    row.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === ';') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
