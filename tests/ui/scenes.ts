import type { SyncOverview, TargetState, Team } from '@/core/team-doors.ts';
import type { FakeState } from './pages/fake-doors.ts';

/** States of the exchange, the team and the conflicts that screens must be able to show; the page's fakes take them. */

const AT = '2026-03-12T08:15:00Z';
const round = {
  at: AT,
  outcome: 'done',
  error: null,
  sentBytes: 31_400,
  receivedBytes: 128_000,
  changesOut: 12,
  changesIn: 47,
} as const;

export const STICK: TargetState = {
  id: 't1',
  name: 'Флешка из Оша',
  kind: 'folder',
  address: 'E:\\Baikoo',
  automatic: true,
  metered: false,
  lastRound: round,
  waiting: 0,
};
export const SERVER: TargetState = {
  id: 't2',
  name: 'Облако организации',
  kind: 'webdav',
  address: 'https://cloud.example.kg/remote.php/dav/files/aigul/baikoo-exchange-of-the-southern-office',
  automatic: false,
  metered: true,
  lastRound: {
    ...round,
    outcome: 'failed',
    error: { code: 'target/unreachable', message: 'No line.', detail: {} },
    sentBytes: 0,
    receivedBytes: 0,
    changesOut: 0,
    changesIn: 0,
  },
  waiting: 14,
};
export const RELAY: TargetState = {
  ...STICK,
  id: 't3',
  name: 'Relay',
  kind: 'relay',
  address: 'wss://relay.example.kg',
  lastRound: { ...round, outcome: 'stopped' },
  waiting: 3,
};

const quiet: SyncOverview = {
  targets: [],
  running: null,
  queued: [],
  own: { changes: 312, handedOver: 312, held: 312 },
  flags: [],
};
export const OUR_TEAM: Team = {
  workspace: 'w1',
  name: 'Ак жол: байкоочулар тармагы',
  role: 'coordinator',
  stranger: false,
  members: [
    { member: 'm1', name: 'Айгүл', role: 'coordinator', devices: ['d1'], self: true, admittedAt: AT },
    { member: 'm2', name: 'Бакыт', role: 'monitor', devices: ['d2', 'd3'], self: false, admittedAt: AT },
    { member: 'm3', name: 'Dilnoza', role: 'monitor', devices: [], self: false, admittedAt: AT },
  ],
};

export const IN_TEAM: Partial<FakeState> = { team: OUR_TEAM, overview: quiet };

/** Everything that can go on at once. */
export const BUSY: Partial<FakeState> = {
  team: OUR_TEAM,
  overview: {
    targets: [STICK, SERVER, RELAY],
    queued: [],
    own: { changes: 1_312, handedOver: 1_298, held: 1_240 },
    running: {
      target: 't1',
      step: 'receiving',
      state: 'going',
      doneBytes: 48_000,
      totalBytes: 260_000,
      bytesPerSecond: 1_200,
      secondsLeft: 177,
    },
    flags: [
      'rolled-back',
      'forked',
      'renewed',
      'withheld',
      'unreadable',
      'refused',
      'in-name',
      'newer',
      'clock',
    ].map((code) => ({
      code: `sync/${code}`,
      detail: { target: 't2', device: 'k3m9x2p7', of: 'm2' },
      at: AT,
    })),
  },
};

const LINES = { newcomer: '48213 90517 33860 71294', team: '90021 55847 16630 28459' };
const WORDS = ['абажур', 'берег', 'ветер', 'гранат', 'дорога', 'ёлка', 'журнал', 'зеркало'];

export const INVITING: Partial<FakeState> = {
  ...IN_TEAM,
  invitations: [
    { id: 'i3', words: WORDS, role: 'monitor', createdAt: AT, state: 'waiting', request: null },
    {
      id: 'i2',
      words: WORDS,
      role: 'monitor',
      createdAt: AT,
      state: 'asked',
      request: { name: 'Нурбек Токтогулов', safety: LINES },
    },
    {
      id: 'i1',
      words: WORDS,
      role: 'coordinator',
      createdAt: AT,
      state: 'answered',
      request: { name: 'Dilnoza', safety: LINES },
    },
    {
      id: 'i4',
      words: WORDS,
      role: 'monitor',
      createdAt: AT,
      state: 'joined',
      request: { name: 'Бакыт', safety: LINES },
    },
    { id: 'i0', words: WORDS, role: 'monitor', createdAt: AT, state: 'cancelled', request: null },
  ],
};

export const ASKED: Partial<FakeState> = {
  joining: { state: 'asked', safety: { newcomer: LINES.newcomer, team: null }, role: null },
};
export const ANSWERED: Partial<FakeState> = {
  joining: { state: 'answered', safety: LINES, workspaceName: 'Ак жол', role: 'monitor' },
};

const version = (value: unknown, author: string, day: string) => ({
  value: value as never,
  change: `${author}:${day}`,
  author,
  at: `2026-03-${day}T09:30:00Z`,
});

/** Conflicts of the first and the second written observation and of what the team sets; the pair as duplicates. */
export function torn([one = '', other = '']: readonly string[]): Partial<FakeState> {
  const before = 'Утром приехала техника. Семье дали два часа, чтобы вынести вещи.';
  const of = (record: string, title: string) => ({ record, type: 'observation', title });
  return {
    ...IN_TEAM,
    conflicts: [
      {
        ...of(one, 'Снос дома на улице Шопокова'),
        field: 'narrative',
        ancestor: { text: before, lang: 'ru' },
        unseen: [],
        versions: [
          version({ text: before.replace('два часа', 'один час'), lang: 'ru' }, 'm2', '10'),
          version({ text: `${before} Решения суда не показали.`, lang: 'ru' }, 'm3', '11'),
        ],
      },
      {
        ...of(one, 'Снос дома на улице Шопокова'),
        field: 'date',
        ancestor: null,
        unseen: [],
        versions: [version('2026-02-17', 'm2', '10'), version('2026-02-18', 'm3', '11')],
      },
      {
        ...of(other, 'Выселение семьи с детьми'),
        field: 'deleted',
        ancestor: null,
        versions: [version(true, 'm3', '11')],
        unseen: [
          { ...version({ text: 'Үй-бүлөнү көчөгө чыгарышты.', lang: 'ky' }, 'm2', '12'), field: 'narrative' },
          { ...version('2026-02-18', 'm2', '13'), field: 'date' },
        ],
      },
      {
        record: 'organisation',
        type: 'setting',
        title: '',
        field: 'organisation',
        ancestor: 'Ак жол',
        unseen: [],
        versions: [version('Ак жол коомдук фонду', 'm2', '10'), version('КФ «Ак жол»', 'm3', '11')],
      },
      {
        record: 'correction:ky:KGZ-2020-D1.2',
        type: 'correction',
        title: '',
        field: 'shortTitle',
        ancestor: null,
        unseen: [],
        versions: [
          version({ text: 'Кыйноолорду алдын алуу', review: null }, 'm2', '10'),
          version(null, 'm3', '11'),
        ],
      },
    ],
    duplicates: [{ one, other, reasons: ['date', 'words'] }],
  };
}
