import {
  ASK_INFO,
  ASK_MESSAGE,
  PART,
  PREFIX,
  publisherOf,
  STREAM,
} from '../../renderer/core/sync/relay-subjects.ts';
import type { Holder, RelayServer, RelayState } from './relay-state.ts';

/** Files on the server. */
interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** A text in NATS' configuration language, quoted. */
const quoted = (text: string): string => {
  if (/["\\\p{Cc}]/u.test(text)) throw new Error(`"${text}" cannot stand in a server's configuration.`);
  return `"${text}"`;
};

const isLoopback = (host: string): boolean => host === '127.0.0.1' || host === 'localhost';

/** One server's `nats-server.conf`. Who may do what is in `accounts.conf` beside it, which a reload takes in. */
export function serverConfig(state: RelayState, server: RelayServer): string {
  const { settings } = state;
  const own = settings.plain
    ? null
    : { cert: `${settings.home}/relay.crt`, key: `${settings.home}/relay.key` };
  const shown = own === null ? null : (settings.certificate ?? own);
  const others = state.servers.filter(({ name }) => name !== server.name);
  const local = isLoopback(server.host);
  // On one machine each server takes any free port for what nobody connects to from outside.
  const clientPort = local ? -1 : 4222;
  const monitorPort = local ? -1 : 8222;
  const tls = (files: TlsFiles | null, more = ''): string =>
    files === null
      ? ''
      : `\n  tls { cert_file: ${quoted(files.cert)}, key_file: ${quoted(files.key)}${more} }`;
  const lines = [
    `# ${server.name}: written by "npm run relay -- init"; a later run writes it anew.`,
    `server_name: ${quoted(server.name)}`,
    '# The protocol without WebSocket is for the administrator on the machine itself.',
    `listen: "127.0.0.1:${clientPort}"`,
    `http: "127.0.0.1:${monitorPort}"`,
    'max_payload: 1MB',
    'max_connections: 2000',
    'write_deadline: "120s"',
    'ping_interval: "2m"',
    '',
    'jetstream {',
    `  store_dir: ${quoted(settings.store.replaceAll('{name}', server.name))}`,
    `  max_file_store: ${Math.round(settings.maxGigabytes * 1.1e9)}`,
    '  max_memory_store: 64MB',
    ...(settings.flushAlways ? ['  sync_interval: always'] : []),
    '}',
    '',
    'websocket {',
    `  listen: "${local ? '127.0.0.1' : '0.0.0.0'}:${server.socketPort}"`,
    settings.plain ? '  no_tls: true' : '',
    `  compression: false${tls(shown)}`,
    '}',
  ];
  if (others.length > 0) {
    lines.push(
      '',
      'cluster {',
      '  name: "baikoo"',
      `  listen: "${local ? '127.0.0.1' : '0.0.0.0'}:${server.routePort}"`,
      '  routes: [',
      ...others.map(({ host, routePort }) => `    "nats://${host}:${routePort}"`),
      `  ]${own === null ? '' : tls(own, `, ca_file: ${quoted(own.cert)}, verify: true`)}`,
      '}',
    );
  }
  lines.push('', 'include "accounts.conf"', '');
  return lines.filter((line, i) => line !== '' || lines[i - 1] !== '').join('\n');
}

/**
 * The questions that a device may ask, by the names that its account has for them; everything else, deleting and
 * consumers among it, is refused by the server. Called as it is, STREAM.INFO would be asked of that account itself, which
 * has no JetStream.
 */
const QUESTIONS = {
  [ASK_INFO]: `$JS.API.STREAM.INFO.${STREAM}`,
  [ASK_MESSAGE]: `$JS.API.DIRECT.GET.${STREAM}`,
};

/**
 * `accounts.conf`: an account for each device, from which nothing leads but its own token and the two questions.
 *
 * A server checks on which subject a client publishes, but not which one it names for the answer, and it sends the answer
 * there with its own rights. In one account for all, a device could have an answer sent to the subject of another's file,
 * which it then replaces, or to an order of JetStream's, such as the one that deletes the stream. An answer that comes
 * from another account stays in the account of who asked, where such subjects mean nothing.
 */
export function accountsConfig({ holders, admin }: Pick<RelayState, 'holders' | 'admin'>): string {
  const user = (key: string, publish: readonly string[]): string =>
    `{ nkey: ${key}, permissions: { publish: { allow: [${publish.map(quoted).join(', ')}] }, ` +
    `subscribe: { allow: [${quoted(`_INBOX.${publisherOf(key)}.>`)}] } } }`;
  const device = ({ key, device }: Pick<Holder, 'key' | 'device'>): string[] => {
    const own = `${PREFIX}.${publisherOf(key)}.>`;
    const asked = { [own]: own, ...QUESTIONS };
    return [
      `  # ${device}`,
      `  ${key} {`,
      `    users: [${user(key, Object.keys(asked))}]`,
      '    imports: [',
      ...Object.entries(asked).map(
        ([local, subject]) =>
          `      { service: { account: BAIKOO, subject: ${quoted(subject)} }, to: ${quoted(local)} }`,
      ),
      '    ]',
      '  }',
    ];
  };
  return [
    'accounts {',
    '  BAIKOO {',
    '    jetstream: enabled',
    '    # The administrator: makes the stream, and can remove it as a whole.',
    `    users: [${user(admin, ['$JS.API.>'])}]`,
    '    exports: [',
    ...[`${PREFIX}.*.>`, ...Object.values(QUESTIONS)].map(
      (subject) => `      { service: ${quoted(subject)} }`,
    ),
    '    ]',
    '  }',
    ...holders.flatMap(device),
    '  SYS {}',
    '}',
    'system_account: SYS',
    '',
  ].join('\n');
}

/** The stream: grows and never changes. Nobody can delete or purge a message, the administrator neither. */
export function streamConfig({
  settings,
  servers,
}: Pick<RelayState, 'settings' | 'servers'>): Record<string, unknown> {
  return {
    name: STREAM,
    subjects: [`${PREFIX}.>`],
    retention: 'limits',
    storage: 'file',
    num_replicas: servers.length,
    discard: 'new',
    max_bytes: Math.round(settings.maxGigabytes * 1e9),
    max_msgs: -1,
    max_msgs_per_subject: -1,
    max_age: 0,
    max_msg_size: PART + 16 * 1024,
    max_consumers: -1,
    // Nanoseconds: for as long a retry of a message is known for one.
    duplicate_window: 120e9,
    deny_delete: true,
    deny_purge: true,
    allow_direct: true,
  };
}
