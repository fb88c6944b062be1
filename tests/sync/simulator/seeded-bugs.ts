/**
 * Mistakes that the simulator must catch, each made in the product's own source by one replacement when the simulator
 * is bundled with its flag (`bundleSimulator`). A replacement that no longer fits fails its test.
 */
export interface SeededBug {
  readonly flag: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export const SEEDED_BUGS: readonly SeededBug[] = [
  {
    flag: 'shows only one of the values that were written beside each other',
    file: 'renderer/core/changes/register.ts',
    from: 'for (const values of several) values.sort(byId);',
    to: 'for (const values of several) values.sort(byId).splice(1);',
  },
  {
    flag: 'takes two changes under one id for one',
    file: 'renderer/core/changes/register.ts',
    from: 'if (ids.size === changes.length) return changes;',
    to: 'if (ids.size >= 0) return changes;',
  },
  {
    flag: 'takes in a pack although the one before it is missing',
    file: 'renderer/core/sync/chain.ts',
    from: "return seq === 1 ? prev === '' : this.#packs.get(prev)?.seq === seq - 1;",
    to: 'return seq >= 1 && prev !== undefined;',
  },
  {
    flag: 'answers nobody who could not read a pack',
    file: 'renderer/core/sync/round-carry.ts',
    from: 'if (asked.has(pack.hash)) return true;',
    to: 'if (asked.size >= 0) return true;',
  },
  {
    flag: 'puts nothing back that a target lacks',
    file: 'renderer/core/sync/round.ts',
    from: 'await carryOthers(round);',
    to: '',
  },
  {
    flag: 'goes on under its id after it was copied',
    file: 'renderer/core/sync/round-heads.ts',
    from: 'await ledger.renew(Math.max(0, ...packs.map((pack) => pack.counters[device] ?? 0)));',
    to: '',
  },
  {
    flag: 'leaves no membership log at a target',
    file: 'renderer/core/sync/round-log.ts',
    from: 'if (hashes.every((hash) => there.has(hash))) return;',
    to: 'if (there.size >= 0) return;',
  },
  {
    flag: 'says saved before the journal has it',
    file: 'renderer/core/workspace/session.ts',
    from: 'const position = await this.#journal.appendAll(await signChanges(changes, this.#signer));',
    to: 'const position = await this.#journal.appendAll(await signChanges(changes, this.#signer)).catch(() => before);',
  },
  {
    flag: 'forgets the first change of an entry when it seals packs',
    file: 'renderer/core/workspace/session.ts',
    from: "if (entry.kind === 'changes') written.push(...entry.changes);",
    to: "if (entry.kind === 'changes') written.push(...entry.changes.filter(() => written.length > 0));",
  },
  {
    flag: "leaves others' packs out when the journal is replayed",
    file: 'renderer/core/workspace/open-session.ts',
    from: 'waiting.push(...brought);',
    to: '',
  },
  {
    flag: 'refuses what a copied device had written under its old id',
    file: 'renderer/core/sync/pack.ts',
    from: 'const owner = roster.devices.get(device)?.member ?? member;',
    to: "const owner = device === pack.file.header.device ? member : '';",
  },
];
