import type { Bytes } from '@/core/base/bytes.ts';
import type { MemoryPlace } from '../../support/memory-target.ts';
import type { Chance } from './chance.ts';

/** Does to a place what thieves, sync programs and full disks do. Returns what it did. */
export function tamper(place: MemoryPlace, old: ReadonlyMap<string, Bytes[]>, chance: Chance): string {
  const paths = [...place.files.keys()].sort();
  if (paths.length === 0) return 'nothing to tamper with';
  const path = chance.pick(paths);
  const bytes = place.files.get(path) as Bytes;
  switch (chance.number(11)) {
    case 0:
      place.files.clear();
      return 'wiped';
    case 1:
      place.files.delete(path);
      return `forgets ${path}`;
    case 2:
      place.files.set(path, bytes.slice(0, chance.number(bytes.length)));
      return `cuts ${path}`;
    case 3: {
      const flipped = bytes.slice();
      const at = chance.number(bytes.length);
      flipped[at] = (flipped[at] as number) ^ (1 << chance.number(8));
      place.files.set(path, flipped);
      return `flips a bit of ${path}`;
    }
    case 4: {
      const before = old.get(path);
      if (before === undefined || before.length === 0) return 'has nothing older';
      place.files.set(path, chance.pick(before).slice());
      return `shows an older ${path}`;
    }
    case 5: {
      const other = chance.pick(paths);
      place.files.set(path, (place.files.get(other) as Bytes).slice());
      place.files.set(other, bytes);
      return `swaps ${path} and ${other}`;
    }
    case 6: {
      const dot = path.lastIndexOf('.');
      place.files.set(`${path.slice(0, dot)} (conflicted copy)${path.slice(dot)}`, bytes.slice());
      return `copies ${path}`;
    }
    case 7: {
      const dot = path.lastIndexOf('.');
      place.files.delete(path);
      place.files.set(`${path.slice(0, dot)}~1${path.slice(dot)}`, bytes);
      return `renames ${path}`;
    }
    case 8:
      place.files.set(path, chance.bytes(chance.number(2_000)));
      return `puts noise in the place of ${path}`;
    case 9: {
      for (const one of paths) if (chance.happens(30)) place.files.delete(one);
      return 'forgets a third';
    }
    default: {
      const folder = path.slice(0, path.lastIndexOf('/'));
      place.files.set(`${folder}/${chance.number(1e6)}.bkp`, chance.bytes(200));
      return `litters ${folder}`;
    }
  }
}
