const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A fresh code: the key of a person within one observation. 60 bits never meet within one record, and hide nothing. */
export function newKey(): string {
  return Array.from({ length: 12 }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]).join('');
}
