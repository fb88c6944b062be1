import { readdir, readFile, stat } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '@/core/base/locales.ts';
import { bundledDependencies, thirdPartyText } from '../../build/third-party.ts';
import { type Packed, pack } from './pack.ts';
import type { System } from './stand-in-runtime.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (packed: Packed, name: string): string => packed.archive.get(name)?.toString('utf8') ?? '';

/** electron-builder packs for macOS everywhere but on Windows. */
const SYSTEMS: readonly System[] =
  process.platform === 'win32' ? ['linux', 'win32'] : ['linux', 'win32', 'darwin'];
const packedFor = new Map<System, Packed>();
const removals: (() => Promise<void>)[] = [];
const of = (system: System): Packed => packedFor.get(system) as Packed;

beforeAll(async () => {
  for (const system of SYSTEMS) {
    const { packed, remove } = await pack(system);
    packedFor.set(system, packed);
    removals.push(remove);
  }
});
afterAll(async () => {
  for (const remove of removals) await remove();
});

describe.each(SYSTEMS)('the program packed for %s', (system) => {
  it('holds the window, its two programs and package.json, and nothing else', () => {
    const elsewhere = [...of(system).archive.keys()].filter((name) => !name.startsWith('dist/renderer/'));
    expect(elsewhere.sort()).toEqual(['dist/electron/main.cjs', 'dist/electron/preload.cjs', 'package.json']);
    const renderer = [...of(system).archive.keys()].filter((name) => name.startsWith('dist/renderer/'));
    for (const name of renderer) {
      expect(name).toMatch(/^dist\/renderer\/(index\.html|assets\/[^/]+\.(js|css|woff2|wasm|png|svg))$/);
    }
  });

  it('starts with a file that is there, which finds the preload and the page where it looks for them', () => {
    const { main } = JSON.parse(text(of(system), 'package.json')) as { main: string };
    const program = text(of(system), main);
    expect(program).toContain('"dist", "electron", "preload.cjs"');
    expect(program).toContain('"dist", "renderer"');
    const page = text(of(system), 'dist/renderer/index.html');
    const wanted = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, path]) => `dist/renderer/${path}`);
    expect(wanted.length).toBeGreaterThan(1);
    for (const path of wanted) expect([...of(system).archive.keys()]).toContain(path);
  });

  it('carries no source map, no test, no name of this machine and no secret', () => {
    const secret =
      /-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{36}|npm_[0-9A-Za-z]{36}/;
    for (const [name, content] of of(system).archive) {
      const body = content.toString('latin1');
      expect(body, name).not.toMatch(/[#@] sourceMappingURL=/);
      expect(body, name).not.toMatch(secret);
      expect(body, name).not.toContain(root);
      expect(body, name).not.toMatch(/vitest|playwright/);
    }
    const described = JSON.parse(text(of(system), 'package.json')) as Record<string, unknown>;
    expect(described).not.toHaveProperty('devDependencies');
    expect(described).not.toHaveProperty('scripts');
  });

  it('asks for no package at run time', () => {
    for (const name of ['dist/electron/main.cjs', 'dist/electron/preload.cjs']) {
      const asked = [...text(of(system), name).matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)].map(
        ([, id]) => id,
      );
      expect(asked.filter((id) => id !== 'electron' && !isBuiltin(id as string))).toEqual([]);
      expect(asked).toContain('electron');
    }
  });

  it('speaks all five languages, and keeps of the runtime’s texts those that somebody here reads', async () => {
    const script = [...of(system).archive]
      .filter(([name]) => name.endsWith('.js'))
      .map(([, content]) => content.toString('utf8'))
      .join('\n');
    for (const locale of LOCALES) {
      const words = JSON.parse(await readFile(join(root, 'locales', `${locale}.json`), 'utf8'));
      expect(script).toContain(words.settings.about.quiet);
    }
    expect(await runtimeLanguages(of(system), system)).toEqual(
      system === 'darwin' ? ['en.lproj', 'ru.lproj'] : ['en-US.pak', 'ru.pak'],
    );
  });

  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(of(system).program);
    const on = FUSES.map(([name]) => [
      name,
      String.fromCharCode(wire[FuseV1Options[name]] as number) === '1',
    ]);
    expect(on).toEqual(FUSES);
  });

  it('brings the licences', async () => {
    const names = await readdir(of(system).resources);
    expect(names).toEqual(expect.arrayContaining(['LICENSE.baikoo.txt', 'THIRD-PARTY.txt']));
    // From an unpacked runtime for macOS electron-builder takes the bundle alone, and those two lie beside it.
    if (system !== 'darwin')
      expect(await readdir(of(system).folder)).toEqual(
        expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html']),
      );
  });

  it('is listed file by file, in order, in the archive as well', () => {
    const names = of(system)
      .fileList.trimEnd()
      .split('\n')
      .map((line) => line.slice(66));
    expect(names).toEqual([...names].sort());
    const inside = names.filter((name) => name.includes('app.asar!/')).map((name) => name.split('!/')[1]);
    expect(inside).toEqual([...of(system).archive.keys()].sort());
    for (const line of of(system).fileList.trimEnd().split('\n')) expect(line).toMatch(/^[0-9a-f]{64} {2}\S/);
  });

  it('stays within its budget', async () => {
    const { size } = await stat(join(of(system).resources, 'app.asar'));
    expect(size).toBeLessThan(BUDGET.archive);
    const page = text(of(system), 'dist/renderer/index.html');
    const first = [...of(system).archive].filter(([name]) => {
      const asset = name.replace('dist/renderer/', '/');
      return (
        asset === '/index.html' || page.includes(`"${asset}"`) || asset.startsWith('/assets/vault.worker')
      );
    });
    expect(first.length).toBe(4);
    expect(first.reduce((sum, [, content]) => sum + content.length, 0)).toBeLessThan(BUDGET.firstLoad);
  });
});

/** Bytes. Raised on purpose only, in the commit that needs it. */
const BUDGET = { archive: 6_000_000, firstLoad: 4_500_000 };

const FUSES: readonly (readonly [keyof typeof FuseV1Options, boolean])[] = [
  ['RunAsNode', false],
  ['EnableCookieEncryption', true],
  ['EnableNodeOptionsEnvironmentVariable', false],
  ['EnableNodeCliInspectArguments', false],
  ['EnableEmbeddedAsarIntegrityValidation', true],
  ['OnlyLoadAppFromAsar', true],
  ['LoadBrowserProcessSpecificV8Snapshot', false],
  ['GrantFileProtocolExtraPrivileges', false],
];

async function runtimeLanguages(packed: Packed, system: System): Promise<string[]> {
  const folder = system === 'darwin' ? packed.resources : join(packed.folder, 'locales');
  return (await readdir(folder)).filter((name) => /\.(pak|lproj)$/.test(name)).sort();
}

describe('what each system needs to know', () => {
  it('gives Linux a desktop entry with the names, the icon, and the kind of file that is ours', () => {
    const lines = of('linux').desktopEntry.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '[Desktop Entry]',
        'Name=Baikoo',
        'Name[ky]=Байкоо',
        'Icon=baikoo',
        'Type=Application',
        'Terminal=false',
        'Categories=Office;',
        'MimeType=application/x-baikoo;',
        'StartupWMClass=baikoo',
      ]),
    );
    expect(lines.find((line) => line.startsWith('Exec='))).toMatch(/^Exec=\/opt\/Baikoo\/baikoo .*%[UFuf]$/);
  });

  it('gives the program for Windows our icon, its version and the hash of its archive', async () => {
    const program = NtExecutable.from(await readFile(of('win32').program));
    const { entries } = NtExecutableResource.from(program);
    const [version] = Resource.VersionInfo.fromEntries(entries);
    const { version: ours } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(version?.getStringValues({ lang: 1033, codepage: 1200 })).toMatchObject({
      ProductName: 'Baikoo',
      FileVersion: ours,
    });
    const [icons] = Resource.IconGroupEntry.fromEntries(entries);
    expect(icons?.icons.map(({ width }) => width || 256).sort((a, b) => a - b)).toEqual([
      16, 24, 32, 48, 64, 128, 256,
    ]);
    const integrity = entries.find(({ type }) => type === 'INTEGRITY');
    expect(Buffer.from(integrity?.bin ?? new ArrayBuffer(0)).toString('utf8')).toMatch(
      /"file":"resources\\\\app\.asar".*"value":"[0-9a-f]{64}"/,
    );
  });

  it.runIf(SYSTEMS.includes('darwin'))(
    'gives the program for macOS our kind of file and the hash of its archive',
    async () => {
      const plist = await readFile(join(of('darwin').folder, 'Contents', 'Info.plist'), 'utf8');
      expect(plist).toMatch(/<key>CFBundleTypeExtensions<\/key>\s*<array>\s*<string>bkj<\/string>/);
      expect(plist).toMatch(/<key>ElectronAsarIntegrity<\/key>[\s\S]*<string>[0-9a-f]{64}<\/string>/);
    },
  );
});

it('packs the same twice', async () => {
  const again = await pack('linux');
  removals.push(again.remove);
  expect(again.packed.fileList).toBe(of('linux').fileList);
});

describe('the licences that travel with the program', () => {
  it('name every package that went into a bundle', async () => {
    const listed = new Set((await bundledDependencies()).map(({ name }) => name));
    for (const program of ['renderer', 'workers', 'main', 'preload']) {
      const bundled = JSON.parse(
        await readFile(join(root, 'dist', 'bundled', `${program}.json`), 'utf8'),
      ) as string[];
      expect(bundled.length, program).toBeGreaterThan(0);
      expect(
        bundled.filter((name) => !listed.has(name)),
        program,
      ).toEqual([]);
    }
  });

  it('come with their text', async () => {
    const whole = await thirdPartyText();
    for (const { name, version, licence } of await bundledDependencies()) {
      expect(licence).toMatch(
        /^(MIT|ISC|0BSD|Apache-2\.0|OFL-1\.1|BSD-[23]-Clause|Unlicense|\(MIT OR CC0-1\.0\))$/,
      );
      const [, part = ''] = whole.split(`${name} ${version} (${licence})\n`);
      expect(part.split('='.repeat(80))[0], name).toMatch(/permi(t|ss)|licen[cs]e/i);
    }
    expect(whole).toContain('SIL OPEN FONT LICENSE');
  });
});
