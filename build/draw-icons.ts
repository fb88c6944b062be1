import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../tests/support/browser.ts';

/**
 * Draws `build/icons/*.svg` into the files that the installers take. Run by hand after a drawing has changed
 * (`npx tsx build/draw-icons.ts`); what it writes is committed, so that a build needs no browser.
 */
const icons = fileURLToPath(new URL('icons/', import.meta.url));

/** The largest size that is drawn with fewer lines. Pixels. */
const SMALL = 32;
const LINUX_SIZES = [16, 32, 48, 64, 128, 256, 512];
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Apple's four-letter types for images in PNG; two sizes have a name of their own as the double of half of them. */
const ICNS_TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

async function drawAll(sizes: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
  const browser = await launchBrowser();
  try {
    const drawn = new Map<number, Buffer>();
    for (const size of sizes) {
      const svg = await readFile(`${icons}${size <= SMALL ? 'icon-small' : 'icon'}.svg`, 'utf8');
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
      drawn.set(size, await page.screenshot({ omitBackground: true }));
      await page.close();
    }
    return drawn;
  } finally {
    await browser.close();
  }
}

/** `u16 0 | u16 1 | u16 count`, sixteen bytes an image (its size, bits and place), then the images. */
function ico(images: readonly (readonly [size: number, png: Buffer])[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(([size, png], i) => {
    const at = 6 + 16 * i;
    // One byte each, in which 256 is written as 0.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(([, png]) => png)]);
}

/** `icns | u32 length of the file`, then for each image `type | u32 length with these eight bytes | PNG`. */
function icns(images: readonly (readonly [type: string, png: Buffer])[]): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + body.length, 4);
    return Buffer.concat([head, body]);
  };
  return chunk('icns', Buffer.concat(images.map(([type, png]) => chunk(type, png))));
}

const sizes = new Set([...LINUX_SIZES, ...ICO_SIZES, ...ICNS_TYPES.map(([, size]) => size)]);
const drawn = await drawAll([...sizes]);
const png = (size: number): Buffer => drawn.get(size) as Buffer;

await mkdir(`${icons}png`, { recursive: true });
for (const size of LINUX_SIZES) await writeFile(`${icons}png/${size}x${size}.png`, png(size));
await writeFile(`${icons}icon.ico`, ico(ICO_SIZES.map((size) => [size, png(size)])));
await writeFile(`${icons}icon.icns`, icns(ICNS_TYPES.map(([type, size]) => [type, png(size)])));
