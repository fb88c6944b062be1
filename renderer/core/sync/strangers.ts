import { type DeviceId, splitChangeId } from '../base/ids.ts';
import type { Change } from '../changes/change.ts';
import type { Flag } from './journal-entries.ts';
import type { Roster } from './roster.ts';

/** A name as it came: a device's or a member's id, in a pack of this device and number. Plain data. */
export type Strange = readonly [name: string, device: DeviceId, seq: number];

/**
 * Names that the team did not know when changes under them were let in (`authentic`). Most are of a person's earlier
 * writing and stay unknown. A changed program can use the name of somebody whose admission is still on its way here,
 * too: who knew that one refuses the same changes, so whoever let them in has to be told.
 */
export class Strangers {
  readonly #packs = new Map<string, Strange>();

  /** `packs` as `all` gave them. */
  constructor(packs: readonly Strange[] = []) {
    for (const strange of packs) this.#add(strange);
  }

  get all(): Strange[] {
    return [...this.#packs.values()];
  }

  /** Notes the names that `roster` does not have, of changes let in out of a pack. False when there was nothing to note. */
  saw(changes: readonly Change[], device: DeviceId, seq: number, roster: Roster | null): boolean {
    const before = this.#packs.size;
    for (const { id, author } of changes) {
      const writer = splitChangeId(id)?.device ?? '';
      if (roster?.members.has(author) === false) this.#add([author, device, seq]);
      if (roster?.devices.has(writer) === false) this.#add([writer, device, seq]);
    }
    return this.#packs.size > before;
  }

  /** Takes out the names that the team knows by now; a flag for those that are not of the member who used them. */
  met(roster: Roster | null): Flag[] {
    const flags = new Map<string, Flag>();
    if (roster === null) return [];
    for (const [key, [name, device, seq]] of this.#packs) {
      const of = roster.members.get(roster.devices.get(name)?.member ?? name);
      if (of === undefined) continue;
      this.#packs.delete(key);
      const member = roster.devices.get(device)?.member ?? '';
      if (of.member === member) continue;
      // Both the member and the device may have been strangers: that is one thing to tell.
      const detail = { of: of.member, device, seq, member };
      flags.set(`${of.member} ${device}`, { code: 'sync/in-name', detail, at: of.admittedAt });
    }
    return [...flags.values()];
  }

  /** The first pack is enough to know where to look. */
  #add(strange: Strange): void {
    const [name, device] = strange;
    const key = `${name} ${device}`;
    if (!this.#packs.has(key)) this.#packs.set(key, strange);
  }
}
