import type { Configuration } from 'electron-builder';
import { listPackedFiles } from './list-packed-files.ts';
import { readPublisher } from './publisher.ts';

/**
 * What the installers are made of. `npm run dist` builds what can be built on the system it runs on: NSIS and a
 * portable program on Windows, AppImage and deb on Linux, dmg on macOS.
 */
const publisher = readPublisher();

const configuration: Configuration = {
  appId: 'kg.baikoo.desktop',
  productName: 'Baikoo',
  copyright: 'The Baikoo contributors, MIT licence',
  directories: { buildResources: 'build/icons', output: 'dist/packages' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  // `desktopName` ties a running window to its desktop entry.
  extraMetadata: {
    author: publisher.maintainer,
    homepage: publisher.homepage,
    desktopName: 'baikoo.desktop',
  },

  // Vite has put every library into these files, so that no package of node_modules comes along. Page mode's program
  // stays at home: the shell does not use it.
  files: [
    'package.json',
    'dist/renderer/**',
    'dist/electron/main.cjs',
    'dist/electron/preload.cjs',
    '!**/node_modules/**',
    '!**/*.map',
  ],
  asar: true,
  npmRebuild: false,
  extraResources: [
    { from: 'LICENSE', to: 'LICENSE.baikoo.txt' },
    { from: 'dist/THIRD-PARTY.txt', to: 'THIRD-PARTY.txt' },
  ],
  // Chromium's own texts (a form's default button, say). It has none in Kyrgyz or Uzbek; ours are in the renderer.
  electronLanguages: ['en-US', 'ru'],
  // No update server of electron-builder's kind: see electron/updates.
  publish: null,
  afterPack: listPackedFiles,

  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Checked by the runtime on Windows and macOS; Linux has no such check yet.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    // The window lives on app://.
    grantFileProtocolExtraPrivileges: false,
  },

  fileAssociations: [
    {
      // Requests and answers of a team (core/sync/join.ts).
      ext: 'bkj',
      name: 'Baikoo file',
      description: 'Baikoo file',
      mimeType: 'application/x-baikoo',
      role: 'Editor',
      rank: 'Owner',
    },
  ],

  win: {
    target: [
      { target: 'nsis', arch: 'x64' },
      { target: 'portable', arch: 'x64' },
    ],
    icon: 'build/icons/icon.ico',
    requestedExecutionLevel: 'asInvoker',
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    allowElevation: false,
    packElevateHelper: false,
    // A vault outlives the program.
    deleteAppDataOnUninstall: false,
    installerLanguages: ['ru_RU', 'en_US'],
    differentialPackage: false,
    include: 'build/installer.nsh',
  },
  portable: {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
    artifactName: '${productName}-${version}-portable.${ext}',
    requestExecutionLevel: 'user',
  },

  linux: {
    target: [
      { target: 'AppImage', arch: 'x64' },
      { target: 'deb', arch: 'x64' },
    ],
    icon: 'build/icons/png',
    executableName: 'baikoo',
    syncDesktopName: true,
    category: 'Office',
    maintainer: publisher.maintainer,
    vendor: 'The Baikoo contributors',
    synopsis: 'Monitoring of human-rights recommendations, without a line',
    desktop: {
      entry: {
        Name: 'Baikoo',
        'Name[ky]': 'Байкоо',
        'Name[ru]': 'Байкоо',
        'Comment[ky]': 'Адам укуктары боюнча сунуштарга байкоолорду жазуу',
        'Comment[ru]': 'Записывать наблюдения по рекомендациям о правах человека',
        'Comment[uz]': 'Inson huquqlari boʻyicha tavsiyalarga oid kuzatuvlarni yozish',
        'Comment[uz@cyrillic]': 'Инсон ҳуқуқлари бўйича тавсияларга оид кузатувларни ёзиш',
      },
    },
  },

  mac: {
    target: [{ target: 'dmg', arch: ['x64', 'arm64'] }],
    icon: 'build/icons/icon.icns',
    category: 'public.app-category.productivity',
    // Signed for this machine only where no certificate is given: an Apple processor runs nothing unsigned.
    ...(process.env.CSC_LINK ? {} : { identity: '-', hardenedRuntime: false }),
  },
};

export default configuration;
