// `npm run relay`: writes a relay's configuration and its devices' credentials. docs/relay.md tells how to use it.
import { parseArgs } from 'node:util';
import { CodedError } from '../renderer/core/base/coded-error.ts';
import { createStream } from './relay/create-stream.ts';
import { initRelay } from './relay/init.ts';
import type { RelayServer } from './relay/relay-state.ts';

const USAGE = `npm run relay -- init --from TEAM.json --out FOLDER --server NAME=HOST [--server ...] [options]
npm run relay -- stream --out FOLDER

init    writes the servers' configuration and a file of credentials for each device that has none yet
stream  makes the stream once the servers run, or gives it its present limits

A later run keeps the keys and the options of the one before.

--server NAME=HOST[:SOCKET PORT[:ROUTE PORT]]  one, three or five times; ports 8443 and 6222 if not said
--cert FILE --key FILE  on the servers: a certificate that an authority vouches for; else one is made
--home FOLDER           on the servers: where the files of a server's folder will lie (/etc/baikoo-relay)
--store FOLDER          on the servers: where the stream will lie (/var/lib/baikoo-relay)
--max-gb N              room for the stream (20)
--spare N               credentials for devices that are not known yet (3)
--revoke DEVICE         again and again: its key is of no use from now on
--before-2.10           for servers that cannot flush every message (Debian 12); not for production
--plain                 without TLS, at 127.0.0.1 only`;

function readServer(text: string): RelayServer {
  const match = /^([a-z0-9-]+)=([A-Za-z0-9.-]+)(?::(\d+))?(?::(\d+))?$/.exec(text);
  if (!match) throw new Error(`--server ${text} is not NAME=HOST.`);
  const [, name, host, socketPort, routePort] = match;
  return {
    name: name as string,
    host: host as string,
    socketPort: Number(socketPort ?? 8443),
    routePort: Number(routePort ?? 6222),
  };
}

/** A plain number: "20GB" is none. */
function readNumber(option: string, text: string): number {
  const number = /^[0-9]+(?:\.[0-9]+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw new Error(`--${option} ${text} is not a number.`);
  return number;
}

async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      out: { type: 'string' },
      server: { type: 'string', multiple: true, default: [] },
      cert: { type: 'string' },
      key: { type: 'string' },
      home: { type: 'string' },
      store: { type: 'string' },
      'max-gb': { type: 'string' },
      spare: { type: 'string', default: '3' },
      revoke: { type: 'string', multiple: true, default: [] },
      'before-2.10': { type: 'boolean' },
      plain: { type: 'boolean' },
    },
  });
  const [command] = positionals;
  if (command === 'stream' && values.out !== undefined) {
    console.log(
      (await createStream(values.out)) === 'made' ? 'The stream is made.' : 'The stream is as it should be.',
    );
    return;
  }
  if (command !== 'init' || values.from === undefined || values.out === undefined) throw new Error(USAGE);
  if ((values.cert === undefined) !== (values.key === undefined))
    throw new Error('--cert and --key go together.');
  const report = await initRelay({
    from: values.from,
    out: values.out,
    servers: values.server.map(readServer),
    settings: {
      ...(values.cert && values.key && { certificate: { cert: values.cert, key: values.key } }),
      ...(values.home !== undefined && { home: values.home }),
      ...(values.store !== undefined && { store: values.store }),
      ...(values['max-gb'] !== undefined && { maxGigabytes: readNumber('max-gb', values['max-gb']) }),
      ...(values['before-2.10'] && { flushAlways: false }),
      ...(values.plain && { plain: true }),
    },
    spares: readNumber('spare', values.spare),
    revoke: values.revoke,
  });
  console.log(`Servers: ${report.servers.join(', ')}`);
  console.log(`New credentials in ${values.out}/devices: ${report.added.join(', ') || 'none'}`);
  console.log(`Keys from before: ${report.kept}. Revoked now: ${report.revoked.join(', ') || 'none'}.`);
  if (report.fingerprint)
    console.log(`Fingerprint of the certificate, to be compared: ${report.fingerprint}`);
  if (report.outdated.length > 0)
    console.log(
      `Addresses or certificate are others than before. Give both anew to: ${report.outdated.join(', ')}`,
    );
}

run(process.argv.slice(2)).catch((error: unknown) => {
  const text = error instanceof CodedError ? `${error.code}: ${error.message}` : (error as Error).message;
  console.error(text);
  process.exitCode = 1;
});
