/** Longer words are rare enough to be folded each time. */
const MAX_UNITS = 96;

/** A hash table from stretches of text to numbers that makes no string per look-up: indexing asks it for every word. */
export class WordTable {
  /** One more than the word's place; 0: free. At most half full. */
  #slots = new Uint32Array(1 << 9);
  #units = new Uint16Array(1 << 11);
  #unitCount = 0;
  /** Where each word's units start, and where the last one's end. */
  #starts = new Uint32Array((1 << 8) + 1);
  #values = new Int32Array(1 << 8);
  #hashes = new Uint32Array(1 << 8);
  #words = 0;

  /** The number of the word `text[start, end)`; asks `make` for it the first time. */
  numberOf(text: string, start: number, end: number, make: (word: string) => number): number {
    if (end - start > MAX_UNITS) return make(text.slice(start, end));
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    // The low bits of FNV alone are poor for letters that differ in few bits.
    hash = (hash ^ (hash >>> 15)) >>> 0;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let place = this.#slots[slot] as number; place !== 0; place = this.#slots[slot] as number) {
      if (this.#hashes[place - 1] === hash && this.#is(place - 1, text, start, end)) {
        return this.#values[place - 1] as number;
      }
      slot = (slot + 1) & mask;
    }
    const value = make(text.slice(start, end));
    this.#add(text, start, end, hash, value);
    return value;
  }

  #is(word: number, text: string, start: number, end: number): boolean {
    let unit = this.#starts[word] as number;
    if ((this.#starts[word + 1] as number) - unit !== end - start) return false;
    for (let at = start; at < end; at++) if (this.#units[unit++] !== text.charCodeAt(at)) return false;
    return true;
  }

  #add(text: string, start: number, end: number, hash: number, value: number): void {
    if (this.#words * 2 >= this.#slots.length) this.#grow();
    if (this.#unitCount + MAX_UNITS > this.#units.length) {
      const units = new Uint16Array(this.#units.length * 2);
      units.set(this.#units);
      this.#units = units;
    }
    const word = this.#words++;
    for (let at = start; at < end; at++) this.#units[this.#unitCount++] = text.charCodeAt(at);
    this.#starts[word + 1] = this.#unitCount;
    this.#values[word] = value;
    this.#hashes[word] = hash;
    this.#place(word);
  }

  #place(word: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[word] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = word + 1;
  }

  #grow(): void {
    const size = this.#slots.length * 2;
    const starts = new Uint32Array(size);
    const values = new Int32Array(size);
    const hashes = new Uint32Array(size);
    starts.set(this.#starts);
    values.set(this.#values);
    hashes.set(this.#hashes);
    this.#starts = starts;
    this.#values = values;
    this.#hashes = hashes;
    this.#slots = new Uint32Array(size);
    for (let word = 0; word < this.#words; word++) this.#place(word);
  }
}
