import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Certificate, selfSigned } from './certificate.ts';

const PROGRAM = ['/usr/sbin/apache2', '/usr/sbin/httpd'].find((path) => existsSync(path)) ?? null;
const MODULES =
  ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules'].find((path) => existsSync(path)) ?? '';

/** Whether Apache is here, and whether it must be. */
export const apacheServer = {
  found: PROGRAM !== null,
  required: process.env.BAIKOO_REQUIRE_SERVERS === '1',
};

export const USER = 'monitor';
/** With everything that a header or a digest could trip over. */
export const PASSWORD = 'пароль "1" \\ 2:3';
const REALM = 'Baikoo tests';

/**
 * A real Apache with mod_dav on loopback, with a configuration of its own in a temporary folder: `/basic/` and
 * `/digest/` show one folder behind two ways to log in (`/brief-digest/` with nonces that live a second), `/read-only/` the same without the methods that write, and
 * `/plain/` without a login. On `port` without TLS, for a proxy in front of it; on `tlsPort` with `certificate`.
 */
export class Apache {
  readonly port: number;
  readonly tlsPort: number;
  readonly certificate: Certificate;
  /** What is served. */
  readonly files: string;
  readonly #scratch: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  private constructor(scratch: string, ports: readonly [number, number], certificate: Certificate) {
    this.#scratch = scratch;
    this.files = join(scratch, 'files');
    [this.port, this.tlsPort] = ports;
    this.certificate = certificate;
    this.#child = spawn(PROGRAM as string, ['-f', join(scratch, 'apache.conf'), '-D', 'FOREGROUND'], {
      stdio: 'ignore',
    });
    this.#ended = new Promise((resolve) => this.#child.once('exit', () => resolve()));
  }

  /** Errors: with Apache's own words where it does not start. */
  static async start(): Promise<Apache> {
    if (PROGRAM === null) throw new Error('apache2 is not installed on this machine.');
    const scratch = mkdtempSync(join(tmpdir(), 'baikoo-apache-'));
    execFileSync('chmod', ['755', scratch]);
    const ports = [await freePort(), await freePort()] as const;
    const certificate = selfSigned(scratch);
    for (const folder of ['files', 'locks']) mkdirSync(join(scratch, folder));
    writeFileSync(join(scratch, 'basic'), `${USER}:{SHA}${hash('sha1', PASSWORD, 'base64')}\n`);
    const secret = hash('md5', `${USER}:${REALM}:${PASSWORD}`, 'hex');
    writeFileSync(join(scratch, 'digest'), `${USER}:${REALM}:${secret}\n`);
    writeFileSync(join(scratch, 'apache.conf'), configuration(scratch, ports, certificate));
    if (userInfo().uid === 0) {
      for (const path of ['', 'files', 'locks']) chownSync(join(scratch, path), ...ids('www-data'));
    }
    const apache = new Apache(scratch, ports, certificate);
    await apache.#listening();
    return apache;
  }

  /** Gives what a test has planted to the user that Apache runs as. */
  adopt(): void {
    if (userInfo().uid === 0) execFileSync('chown', ['-R', 'www-data', this.files]);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  async #listening(): Promise<void> {
    for (;;) {
      if (this.#child.exitCode !== null) {
        throw new Error(`Apache did not start: ${readFileSync(join(this.#scratch, 'error.log'), 'utf8')}`);
      }
      const answer = await fetch(`http://127.0.0.1:${this.port}/plain/`).catch(() => null);
      if (answer !== null) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const hash = (algorithm: string, text: string, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(text).digest(encoding);

const ids = (user: string): [number, number] => [
  Number(execFileSync('id', ['-u', user])),
  Number(execFileSync('id', ['-g', user])),
];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

function configuration(
  scratch: string,
  [port, tlsPort]: readonly [number, number],
  { certFile, keyFile }: Certificate,
) {
  const modules = [
    ...['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'auth_digest'],
    ...['alias', 'dav', 'dav_fs', 'ssl', 'mime'],
  ];
  const login = (type: string, file: string) => `
    AuthType ${type}
    AuthName "${REALM}"
    ${type === 'Digest' ? `AuthDigestProvider file` : 'AuthBasicProvider file'}
    AuthUserFile ${scratch}/${file}`;
  return `
ServerRoot ${scratch}
ServerName localhost
PidFile ${scratch}/apache.pid
ErrorLog ${scratch}/error.log
LogLevel warn
Mutex file:${scratch}/locks default
DefaultRuntimeDir ${scratch}/locks
${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
${userInfo().uid === 0 ? 'User www-data\nGroup www-data' : ''}
StartServers 1
ServerLimit 1
ThreadsPerChild 25
MaxRequestWorkers 25
KeepAlive On
KeepAliveTimeout 5
MaxKeepAliveRequests 0
TypesConfig /dev/null
Listen 127.0.0.1:${port}
Listen 127.0.0.1:${tlsPort}
DavLockDB ${scratch}/locks/dav
DocumentRoot ${scratch}/files
Alias /basic ${scratch}/files
Alias /digest ${scratch}/files
Alias /brief-digest ${scratch}/files
Alias /read-only ${scratch}/files
Alias /plain ${scratch}/files
<Directory ${scratch}/files>
    Dav On
    Require all granted
</Directory>
<Location /basic>
    ${login('Basic', 'basic')}
    Require valid-user
</Location>
<Location /digest>
    ${login('Digest', 'digest')}
    Require valid-user
</Location>
<Location /brief-digest>
    ${login('Digest', 'digest')}
    AuthDigestNonceLifetime 1
    Require valid-user
</Location>
<Location /read-only>
    <LimitExcept GET HEAD OPTIONS PROPFIND>
        Require all denied
    </LimitExcept>
</Location>
<VirtualHost 127.0.0.1:${tlsPort}>
    SSLEngine on
    SSLCertificateFile ${certFile}
    SSLCertificateKeyFile ${keyFile}
</VirtualHost>
`;
}
