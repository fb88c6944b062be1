/** CRC-32 as in ISO-HDLC, PNG and ZIP (reflected polynomial 0xEDB88320): finds accidents, not adversaries. */
const POLYNOMIAL = 0xedb88320;

/** Four tables: four bytes a step, some three times faster than one. */
const TABLES = [0, 1, 2, 3].map(() => new Uint32Array(256)) as [
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
];
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  TABLES[0][byte] = value >>> 0;
}
for (let byte = 0; byte < 256; byte++) {
  let value = TABLES[0][byte] as number;
  for (let t = 1; t < 4; t++) {
    value = (value >>> 8) ^ (TABLES[0][value & 0xff] as number);
    (TABLES[t] as Uint32Array)[byte] = value >>> 0;
  }
}

/** The checksum of everything so far, when `crc` is that of what came before (0 at first). */
export function crc32(bytes: Uint8Array, crc = 0): number {
  const [t0, t1, t2, t3] = TABLES;
  let value = ~crc;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    value ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    value =
      (t3[value & 0xff] as number) ^
      (t2[(value >>> 8) & 0xff] as number) ^
      (t1[(value >>> 16) & 0xff] as number) ^
      (t0[value >>> 24] as number);
  }
  for (; at < bytes.length; at++) {
    value = (value >>> 8) ^ (t0[(value ^ (bytes[at] as number)) & 0xff] as number);
  }
  return ~value >>> 0;
}

/** Multiplies two polynomials over GF(2) modulo the CRC's, in reflected bit order. */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= factor;
    factor = (factor & 1) === 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return product >>> 0;
}

/** The checksum of two stretches of bytes one after the other, from their checksums and the length of the second. */
export function joinCrc32(first: number, second: number, secondLength: number): number {
  // x^(8 * length): squaring x^8 once for each binary digit of the length.
  let power = 0x00800000;
  let shift = 0x80000000;
  for (let rest = secondLength; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) shift = multiply(shift, power);
    power = multiply(power, power);
  }
  return (multiply(shift, first) ^ second) >>> 0;
}
