/** What the program is made of besides its own code, with each part's licence as it states it itself. */
export const LIBRARIES: readonly { readonly name: string; readonly licence: string }[] = [
  { name: '@fontsource-variable/noto-sans', licence: 'OFL-1.1' },
  { name: '@mantine/core', licence: 'MIT' },
  { name: '@mantine/hooks', licence: 'MIT' },
  { name: '@tabler/icons-react', licence: 'MIT' },
  { name: '@tanstack/react-virtual', licence: 'MIT' },
  { name: 'comlink', licence: 'Apache-2.0' },
  { name: 'dexie', licence: 'Apache-2.0' },
  { name: 'hash-wasm', licence: 'MIT' },
  { name: 'i18next', licence: 'MIT' },
  { name: 'react', licence: 'MIT' },
  { name: 'react-dom', licence: 'MIT' },
  { name: 'react-i18next', licence: 'MIT' },
  { name: 'uqr', licence: 'MIT' },
  { name: 'zod', licence: 'MIT' },
];
