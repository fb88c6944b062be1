/**
 * The length that `length` bytes are padded to, so that a file's size tells little of what is in it: Padmé (Nikitin
 * and others, "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019). At most 12 %
 * more, at most O(log log length) bits told.
 */
export function padmeLength(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const mask = 2 ** Math.max(0, exponent - kept) - 1;
  return length + ((mask + 1 - (length % (mask + 1))) % (mask + 1));
}
