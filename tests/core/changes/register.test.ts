import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, type Json } from '@/core/base/json.ts';
import type { Change } from '@/core/changes/change.ts';
import { isChange } from '@/core/changes/change.ts';
import { writeChange } from '@/core/changes/edit.ts';
import {
  allVisible,
  conflictsOf,
  fieldsOf,
  foldChanges,
  type RecordState,
  seenOf,
} from '@/core/changes/register.ts';

const devices = ['a', 'b', 'c'].map((letter) => letter.repeat(26));
const clock = { now: () => Date.UTC(2021, 3, 12) };
const target = { record: 'r'.repeat(26), type: 'observation' };

/** Devices that edit and exchange in any order, each seeing only what reached it. */
class Team {
  readonly known: Change[][] = devices.map(() => []);
  readonly counters = devices.map(() => 0);
  readonly all: Change[] = [];

  state(device: number): RecordState | null {
    const changes = this.known[device] as Change[];
    return changes.length === 0 ? null : foldChanges(changes);
  }

  edit(device: number, fields: Record<string, Json>, seen?: Record<string, readonly string[]>): Change {
    const state = this.state(device);
    const counter = ++(this.counters[device] as number);
    this.counters[device] = counter;
    const pen = { device: devices[device] as string, author: 'm'.repeat(26), next: counter };
    const change = writeChange(pen, clock, target, fields, seen ?? (state === null ? {} : seenOf(state)));
    (this.known[device] as Change[]).push(change);
    this.all.push(change);
    return change;
  }

  meet(from: number, to: number): void {
    const mine = this.known[to] as Change[];
    for (const change of this.known[from] as Change[]) if (!mine.includes(change)) mine.push(change);
  }
}

const step = fc.oneof(
  fc.record({
    do: fc.constant('edit' as const),
    device: fc.nat(2),
    field: fc.constantFrom('title', 'date', 'links/x'),
    value: fc.nat(9),
  }),
  fc.record({ do: fc.constant('meet' as const), from: fc.nat(2), to: fc.nat(2) }),
);

function play(steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): Team {
  const team = new Team();
  for (const move of steps) {
    if (move.do === 'edit') team.edit(move.device, { [move.field]: move.value });
    else team.meet(move.from, move.to);
  }
  return team;
}

describe('folding changes', () => {
  test('gives one state for any order and any repetition of the same changes', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        (steps, noise) => {
          const { all } = play(steps);
          if (all.length === 0) return;
          const shuffled = [...all, ...all.slice(0, 3)]
            .map((change) => ({ change, key: noise.next().value as number }))
            .sort((x, y) => x.key - y.key)
            .map(({ change }) => change);
          const shape = (state: RecordState): string => canonical(state.registers as unknown as Json);
          expect(shape(foldChanges(shuffled))).toBe(shape(foldChanges(all)));
        },
      ),
    );
  });

  test('loses no value: each is visible, or some change says it replaced it', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        const { all } = play(steps);
        if (all.length === 0) return;
        const state = foldChanges(all);
        for (const change of all) {
          for (const name of Object.keys(change.fields)) {
            const visible = state.registers[name]?.some((value) => value.change === change.id);
            const replaced = all.some((other) => other.fields[name]?.[1].includes(change.id));
            expect(visible).toBe(!replaced);
          }
        }
      }),
    );
  });

  test('keeps both values when two monitors edit one field offline, and one when they edit different fields', () => {
    const team = new Team();
    team.edit(0, { title: 'кыз ала качуу', date: '2021-04-12' });
    team.meet(0, 1);
    team.edit(0, { title: 'first', village: 'Kara-Suu' });
    team.edit(1, { title: 'second', placeNote: 'by the school' });
    team.meet(0, 1);
    const state = team.state(1) as RecordState;
    expect(conflictsOf(state)).toEqual(['title']);
    expect(state.registers.title?.map((value) => value.value)).toEqual(['first', 'second']);
    expect(fieldsOf(state)).toMatchObject({ village: 'Kara-Suu', placeNote: 'by the school' });
  });

  test('ends a conflict with an edit by somebody who saw all versions', () => {
    const team = new Team();
    team.edit(0, { title: 'a' });
    team.edit(1, { title: 'b' });
    team.meet(1, 0);
    team.edit(0, { title: 'c' });
    expect((team.state(0) as RecordState).registers.title?.map((v) => v.value)).toEqual(['c']);
  });

  test('counts the same value written twice as no conflict', () => {
    const team = new Team();
    team.edit(0, { title: 'same' });
    team.edit(1, { title: 'same' });
    team.meet(1, 0);
    expect(conflictsOf(team.state(0) as RecordState)).toEqual([]);
  });

  test('shows both of two different changes under one id', () => {
    const team = new Team();
    const change = team.edit(0, { title: 'original' });
    const clone: Change = { ...change, fields: { title: ['cloned laptop', []] } };
    const state = foldChanges([change, clone]);
    expect(state.registers.title?.map((v) => v.value).sort()).toEqual(['cloned laptop', 'original']);
    expect(conflictsOf(state)).toEqual(['title']);
  });
});

describe('a change that nobody could honestly write', () => {
  const [victim, thief] = devices as [string, string, string];
  const change = (device: string, number: number, title: string, replaces: readonly string[]): Change =>
    writeChange({ device, author: device, next: number }, clock, target, { title }, { title: replaces });
  const titles = (changes: readonly Change[]) =>
    foldChanges(changes).registers.title?.map(({ value }) => value);

  test("hides nobody's next edit, although it says that it replaces it", () => {
    const ahead = Array.from({ length: 50 }, (_, i) => `${victim}:${i + 2}`);
    const first = change(victim, 1, 'биринчи', []);
    const forged = change(thief, 1, 'жасалма', [first.id, ...ahead]);
    const next = change(victim, 2, 'күбөлүгүм', [forged.id]);
    expect(titles([first, forged, next])).toEqual(['күбөлүгүм', 'жасалма']);
    const settled = change(victim, 70, 'чечим', [forged.id, next.id]);
    expect(titles([settled, next, forged, first])).toEqual(['чечим']);
  });

  test('hides nothing either by way of another one', () => {
    const shown = change(thief, 1, 'көрүнгөн', [`${thief}:2`]);
    const behind = change(thief, 2, 'жашырылган', [`${victim}:2`]);
    const next = change(victim, 2, 'күбөлүгүм', [shown.id]);
    const beside = change(devices[2] as string, 1, 'башка киши', []);
    expect(titles([shown, behind, next, beside])).toEqual([
      'күбөлүгүм',
      'көрүнгөн',
      'жашырылган',
      'башка киши',
    ]);
  });

  test('makes no observation something else, in whatever order they come', () => {
    const observation = change(victim, 1, 'күбөлүк', []);
    const other = { ...change(thief, 1, '', []), type: 'view' };
    expect(foldChanges([other, observation]).type).toBe('observation');
    expect(foldChanges([observation, other]).type).toBe('observation');
  });
});

describe('a deletion', () => {
  const deleting = (team: Team, device: number): void => {
    team.edit(device, { deleted: true }, { deleted: allVisible(team.state(device) as RecordState) });
  };

  test('deletes what its author saw, and can be undone', () => {
    const team = new Team();
    team.edit(0, { title: 'a', date: '2021' });
    deleting(team, 0);
    expect(team.state(0)?.deletion).toBe('deleted');
    team.edit(0, { deleted: false });
    expect(team.state(0)?.deletion).toBe('none');
  });

  test('beside an edit that its author did not see is a conflict, and the record stays', () => {
    const team = new Team();
    team.edit(0, { title: 'a' });
    team.meet(0, 1);
    deleting(team, 0);
    team.edit(1, { narrative: 'she came back on Tuesday' });
    team.meet(1, 0);
    team.meet(0, 1);
    for (const device of [0, 1]) {
      expect(team.state(device)?.deletion).toBe('contested');
      expect(conflictsOf(team.state(device) as RecordState)).toEqual(['deleted']);
    }
    deleting(team, 0);
    expect(team.state(0)?.deletion).toBe('deleted');
  });
});

test('a change keeps fields and kinds this version does not know', () => {
  const team = new Team();
  const change = { ...team.edit(0, { 'from-the-future': { deep: [1] } }), type: 'unheard-of' };
  expect(isChange(JSON.parse(JSON.stringify(change)))).toBe(true);
});

test('what no reader would take in is not written either', () => {
  const pen = { device: devices[0] as string, author: devices[0] as string, next: 1 };
  const name = `tags/${'а'.repeat(2_000)}`;
  expect(isChange(writeChange(pen, clock, target, { [name]: true }, {}))).toBe(true);
  expect(() => writeChange(pen, clock, target, { [`${name}${name}`]: true }, {})).toThrow(RangeError);
});

describe('is no change:', () => {
  const team = new Team();
  const change = team.edit(0, { title: 'a' });
  const [id, other] = [change.id, `${change.id}#0123456789abcdef`];
  const without = ({ at: _, ...rest }: typeof change) => rest;
  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', [1, 2, 3, 4, 5, 6]],
    ['one with a member too many', { ...change, note: 'a' }],
    ['one with a member too few', without(change)],
    ['one with another member in the place of its own', { ...without(change), when: '' }],
    ['an id that is none', { ...change, id: 'nobody:0' }],
    ["a twin's id", { ...change, id: other }],
    ['an empty record', { ...change, record: '' }],
    ['a long record', { ...change, record: 'a'.repeat(201) }],
    ['a record that is a number', { ...change, record: 7 }],
    ['a long type', { ...change, type: 'a'.repeat(65) }],
    ['an author that is none', { ...change, author: 'Айгүл' }],
    ['an author in a list', { ...change, author: [change.author] }],
    ['a long time', { ...change, at: '1'.repeat(41) }],
    ['fields in a list', { ...change, fields: [['a', []]] }],
    ['a register without what it replaces', { ...change, fields: { title: ['a'] } }],
    ['a register that replaces what is no change', { ...change, fields: { title: ['a', ['b']] } }],
    ['a register with an empty name', { ...change, fields: { '': ['a', []] } }],
    ['a register that every object has', { ...change, fields: { constructor: ['a', []] } }],
    ['a value that is not JSON', { ...change, fields: { title: [Number.NaN, []] } }],
  ])('%s', (_, value) => {
    expect(isChange(value)).toBe(false);
    expect(isChange(change)).toBe(true);
    expect(isChange({ ...change, fields: { title: ['a', [id, other]] } })).toBe(true);
  });
});
