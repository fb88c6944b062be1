import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

/**
 * A folder that electron-builder takes for Electron's runtime where the real one (some 110 MB from GitHub) cannot be
 * fetched. It has the runtime's layout, a program file in the system's format that carries the fuse wire as the real
 * one does, and locale files to choose from. Nothing in it runs; what is tested with it is everything that
 * electron-builder and our configuration do around the runtime.
 */
export type System = 'linux' | 'win32' | 'darwin';

/** Chromium's locale files as far as the tests need a choice. */
const LOCALES = ['de', 'en-GB', 'en-US', 'kk', 'ru', 'tr', 'uk', 'zh-CN'];

export async function makeStandInRuntime(folder: string, system: System): Promise<void> {
  const files: Record<string, string | Uint8Array> =
    system === 'darwin' ? macFiles() : system === 'win32' ? windowsFiles() : linuxFiles();
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode: 0o755 });
  }
}

const COMMON = {
  LICENSE: 'the licence of Electron\n',
  'LICENSES.chromium.html': 'the licences of Chromium\n',
  version: '0.0.0-stand-in\n',
};

function linuxFiles() {
  return { ...COMMON, ...paks(), electron: fuseWire() };
}

function windowsFiles() {
  return { ...COMMON, ...paks(), 'electron.exe': portableExecutable(fuseWire()) };
}

function paks(): Record<string, string> {
  return Object.fromEntries(LOCALES.map((locale) => [`locales/${locale}.pak`, locale]));
}

function macFiles() {
  const contents = 'Electron.app/Contents';
  const framework = `${contents}/Frameworks/Electron Framework.framework`;
  const files: Record<string, string | Uint8Array> = {
    ...COMMON,
    [`${contents}/Info.plist`]: plist('Electron'),
    [`${contents}/MacOS/Electron`]: 'a stand-in',
    [`${contents}/Resources/electron.icns`]: 'an icon',
    [`${framework}/Electron Framework`]: fuseWire(),
  };
  for (const kind of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const helper = `${contents}/Frameworks/Electron Helper${kind}.app/Contents`;
    files[`${helper}/Info.plist`] = plist(`Electron Helper${kind}`);
    files[`${helper}/MacOS/Electron Helper${kind}`] = 'a stand-in';
  }
  for (const locale of LOCALES) {
    const name = locale === 'en-US' ? 'en' : locale.replace('-', '_');
    files[`${contents}/Resources/${name}.lproj/locale.pak`] = locale;
    files[`${framework}/Versions/A/Resources/${name}.lproj/locale.pak`] = locale;
  }
  return files;
}

function plist(name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>com.github.${name.replace(/[^A-Za-z]/g, '')}</string>
<key>CFBundleName</key><string>${name}</string>
<key>CFBundlePackageType</key><string>APPL</string>
</dict></plist>
`;
}

/**
 * The wire as it stands in a released Electron: `sentinel | version 1 | number of fuses | one digit each`, here with
 * every fuse set the wrong way round.
 */
function fuseWire(): Buffer {
  const wrong = '101100110';
  return Buffer.concat([
    Buffer.from('what comes before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, wrong.length]),
    Buffer.from(wrong),
    Buffer.from(' what comes after'),
  ]);
}

/** The smallest file that Windows' tools accept as a 64-bit program, with the version resource that every one has. */
function portableExecutable(data: Buffer): Buffer {
  const program = NtExecutable.from(headersAndSection(data));
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  return Buffer.from(program.generate());
}

/** Three headers and one section, which is `data`. */
function headersAndSection(data: Buffer): Buffer {
  const FILE_UNIT = 512;
  const head = Buffer.alloc(FILE_UNIT);
  head.write('MZ', 0);
  head.writeUInt32LE(64, 60);
  head.write('PE\0\0', 64);
  const coff = 68;
  head.writeUInt16LE(0x8664, coff);
  head.writeUInt16LE(1, coff + 2);
  head.writeUInt16LE(240, coff + 16);
  head.writeUInt16LE(0x22, coff + 18);
  const optional = coff + 20;
  head.writeUInt16LE(0x20b, optional);
  head.writeUInt32LE(FILE_UNIT, optional + 8);
  head.writeBigUInt64LE(0x140000000n, optional + 24);
  head.writeUInt32LE(0x1000, optional + 32);
  head.writeUInt32LE(FILE_UNIT, optional + 36);
  head.writeUInt16LE(6, optional + 48);
  head.writeUInt32LE(0x2000, optional + 56);
  head.writeUInt32LE(FILE_UNIT, optional + 60);
  head.writeUInt16LE(2, optional + 68);
  head.writeUInt32LE(16, optional + 108);
  const section = optional + 240;
  head.write('.data', section);
  head.writeUInt32LE(data.length, section + 8);
  head.writeUInt32LE(0x1000, section + 12);
  head.writeUInt32LE(FILE_UNIT, section + 16);
  head.writeUInt32LE(FILE_UNIT, section + 20);
  head.writeUInt32LE(0xc0000040, section + 36);
  return Buffer.concat([head, data], 2 * FILE_UNIT);
}
