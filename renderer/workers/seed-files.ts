import type { SeedFiles } from '@/core/workspace/reference-data.ts';

const files = import.meta.glob<string>('../../seeds/**/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every seed as text, by its path below `seeds/`. */
export const seedFiles: SeedFiles = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.slice('../../seeds/'.length), text]),
);
