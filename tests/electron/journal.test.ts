import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultyDisk, type Step } from './faulty-disk.ts';
import { filesBelow, openDriver, scratchFolder } from './scratch.ts';

const text = (value: string) => new TextEncoder().encode(value);

describe('the journal', () => {
  test('is empty before the first append and grows by what is appended', async () => {
    const home = await scratchFolder();
    const vault = await openDriver(home);
    expect(await vault.call('journal.size')).toBe(0);
    expect(await vault.call('journal.read', 0, 100)).toEqual(new Uint8Array(0));
    expect(await vault.call('journal.append', 0, text('first'))).toBe(5);
    expect(await vault.call('journal.append', 5, text('second'))).toBe(11);
    expect(await vault.call('journal.read', 3, 100)).toEqual(text('stsecond'));
    expect(await vault.call('journal.read', 3, 2)).toEqual(text('st'));
    expect(await vault.call('journal.read', 50, 2)).toEqual(new Uint8Array(0));
    await vault.close();
  });

  test('refuses an append by a caller who believes in another end', async () => {
    const home = await scratchFolder();
    const vault = await openDriver(home);
    expect(await vault.code('journal.append', 1, text('x'))).toBe('journal/moved');
    await vault.call('journal.append', 0, text('abc'));
    for (const at of [0, 2, 4])
      expect(await vault.code('journal.append', at, text('x'))).toBe('journal/moved');
    expect(await readFile(join(home, 'journal.bkj'), 'utf8')).toBe('abc');
    await vault.close();
  });

  test('keeps a torn end aside and goes on before it', async () => {
    const home = await scratchFolder();
    await writeFile(join(home, 'journal.bkj'), 'whole|torn');
    const vault = await openDriver(home);
    const name = (await vault.call('journal.setAside', 6)) as string;
    expect(await readFile(join(home, name), 'utf8')).toBe('torn');
    expect(await vault.call('journal.append', 6, text('next'))).toBe(10);
    expect(await readFile(join(home, 'journal.bkj'), 'utf8')).toBe('whole|next');
    await vault.close();
  });

  test('never overwrites what was set aside before at the same place', async () => {
    const home = await scratchFolder();
    await writeFile(join(home, 'journal.bkj'), 'whole|one');
    const vault = await openDriver(home);
    const first = (await vault.call('journal.setAside', 6)) as string;
    await appendFile(join(home, 'journal.bkj'), 'two');
    const second = (await vault.call('journal.setAside', 6)) as string;
    expect(await readFile(join(home, first), 'utf8')).toBe('one');
    expect(await readFile(join(home, second), 'utf8')).toBe('two');
    await vault.close();
  });

  test('sets aside once when a crash comes between the copy and the cut', async () => {
    const home = await scratchFolder();
    await writeFile(join(home, 'journal.bkj'), 'whole|torn');
    let broken = true;
    const disk = faultyDisk((step) => (broken && step === 'truncate' ? { errno: 'EIO' } : null));
    const vault = await openDriver(home, disk);
    expect(await vault.code('journal.setAside', 6)).toBe('disk/failed');
    expect(await readFile(join(home, 'journal.bkj'), 'utf8')).toBe('whole|torn');
    broken = false;
    const name = await vault.call('journal.setAside', 6);
    expect(await filesBelow(home)).toEqual([name, 'journal.bkj'].sort());
    expect(await readFile(join(home, 'journal.bkj'), 'utf8')).toBe('whole|');
    await vault.close();
  });

  test('refuses to set aside from beyond its end', async () => {
    const home = await scratchFolder();
    const vault = await openDriver(home);
    expect(await vault.code('journal.setAside', 0)).toBe('journal/moved');
    await vault.call('journal.append', 0, text('abc'));
    expect(await vault.code('journal.setAside', 4)).toBe('journal/moved');
    expect(await filesBelow(home)).toEqual(['journal.bkj']);
    await vault.close();
  });

  test('takes appends one after another even when they are sent at once', async () => {
    const home = await scratchFolder();
    const vault = await openDriver(home);
    const frames = Array.from({ length: 20 }, (_, i) => text(`<${i}>`.padEnd(6)));
    const lengths = await Promise.all(frames.map((frame, i) => vault.call('journal.append', i * 6, frame)));
    expect(lengths).toEqual(frames.map((_, i) => (i + 1) * 6));
    await vault.close();
  });
});

describe('a failing disk', () => {
  test.each([
    ['ENOSPC', 'disk/full'],
    ['EDQUOT', 'disk/full'],
    ['EROFS', 'disk/read-only'],
    ['EACCES', 'disk/read-only'],
    ['EPERM', 'disk/read-only'],
    ['EIO', 'disk/failed'],
    ['ENODEV', 'disk/failed'],
  ])('that says %s is reported as %s by every call that writes', async (errno, code) => {
    const home = await scratchFolder();
    let broken = false;
    const vault = await openDriver(
      home,
      faultyDisk((step) => (broken && step !== 'truncate' ? { errno } : null)),
    );
    await vault.call('journal.append', 0, text('abc'));
    await vault.call('files.replace', 'header.bkv', text('header'));
    broken = true;
    expect(await vault.code('journal.append', 3, text('x'))).toBe(code);
    expect(await vault.code('journal.setAside', 1)).toBe(code);
    expect(await vault.code('files.replace', 'header.bkv', text('x'))).toBe(code);
    expect(await vault.code('files.replace', 'drafts/a.bkd', text('x'))).toBe(code);
    expect(await vault.code('files.remove', 'header.bkv')).toBe(code);
    expect(await vault.code('system.wipe')).toBe(code);
    expect(await vault.code('system.setPreferences', { locale: 'ky', scheme: 'dark' })).toBe(code);
    broken = false;
    expect(await vault.call('journal.read', 0, 10)).toEqual(text('abc'));
    await vault.close();
  });

  test('is told apart from a read-only one in what the interface may know', async () => {
    const home = await scratchFolder();
    let errno = 'EROFS';
    const vault = await openDriver(
      home,
      faultyDisk(() => ({ errno })),
    );
    expect(await vault.call('system.info')).toMatchObject({ readOnly: true });
    errno = 'ENOSPC';
    expect(await vault.call('system.info')).toMatchObject({ readOnly: false });
    await vault.close();
  });

  /** A story of saves; `at` is what the caller knows, as the journal's reader would. */
  async function story(disk: Parameters<typeof openDriver>[1], home: string, frames: readonly Uint8Array[]) {
    const acknowledged: Uint8Array[] = [];
    const vault = await openDriver(home, disk);
    let at = 0;
    for (const frame of frames) {
      const failure = await vault.code('journal.append', at, frame);
      if (failure === null) {
        acknowledged.push(frame);
        at += frame.length;
      }
      await vault.code('files.replace', 'drafts/a.bkd', frame);
    }
    await vault.close();
    return Buffer.concat(acknowledged);
  }

  const FRAMES = Array.from({ length: 6 }, (_, i) => new Uint8Array(50 + i).fill(i + 1));

  async function stepsOfStory(): Promise<Step[]> {
    const steps: Step[] = [];
    await story(
      faultyDisk((step) => {
        steps.push(step);
        return null;
      }),
      await scratchFolder(),
      FRAMES,
    );
    return steps;
  }

  test('that is full at any one call, with or without part of a write, loses no acknowledged append', async () => {
    const steps = await stepsOfStory();
    expect(steps.filter((step) => step === 'write').length).toBe(12);
    for (const [fatal, step] of steps.entries()) {
      for (const half of step === 'write' ? [false, true] : [false]) {
        const home = await scratchFolder();
        let made = -1;
        const disk = faultyDisk(() => (++made === fatal ? { errno: 'ENOSPC', half } : null));
        const acknowledged = await story(disk, home, FRAMES);
        const journal = await readFile(join(home, 'journal.bkj')).catch(() => Buffer.alloc(0));
        expect(Buffer.compare(journal, acknowledged), `call ${fatal} (${step})`).toBe(0);
        expect((await filesBelow(home)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      }
    }
  });

  test('never leaves part of a frame before a later one, whatever fails and for how long', async () => {
    const faults = fc.array(fc.constantFrom(null, null, null, 'ENOSPC', 'EIO', 'half'), { maxLength: 60 });
    const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(faults, lengths, async (plan, sizes) => {
        const home = await scratchFolder();
        let made = 0;
        const disk = faultyDisk(() => {
          const fault = plan[made++] ?? null;
          return fault === null
            ? null
            : { errno: fault === 'half' ? 'ENOSPC' : fault, half: fault === 'half' };
        });
        const frames = sizes.map((size, i) => new Uint8Array(size).fill(i + 1));
        const acknowledged = await story(disk, home, frames);
        const journal = await readFile(join(home, 'journal.bkj')).catch(() => Buffer.alloc(0));
        expect(Buffer.compare(journal.subarray(0, acknowledged.length), acknowledged)).toBe(0);
        // What may follow is a torn end of one append only, which the next start sets aside.
        expect(new Set(journal.subarray(acknowledged.length)).size).toBeLessThanOrEqual(1);
        const next = await openDriver(home);
        if (journal.length > 0) await next.call('journal.setAside', acknowledged.length);
        expect(await next.call('journal.append', acknowledged.length, text('next'))).toBe(
          acknowledged.length + 4,
        );
        await next.close();
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  test('that refuses even the cut is cut before anything else happens to the journal', async () => {
    const home = await scratchFolder();
    let broken = false;
    const disk = faultyDisk((step) =>
      broken && (step === 'write' || step === 'truncate') ? { errno: 'ENOSPC', half: true } : null,
    );
    const vault = await openDriver(home, disk);
    await vault.call('journal.append', 0, text('abc'));
    broken = true;
    expect(await vault.code('journal.append', 3, text('defghi'))).toBe('disk/full');
    expect(await readFile(join(home, 'journal.bkj'), 'utf8')).toBe('abcdef');
    expect(await vault.code('journal.size')).toBe('disk/full');
    broken = false;
    expect(await vault.call('journal.size')).toBe(3);
    expect(await vault.call('journal.append', 3, text('xyz'))).toBe(6);
    expect(await readFile(join(home, 'journal.bkj'), 'utf8')).toBe('abcxyz');
    await vault.close();
  });
});
