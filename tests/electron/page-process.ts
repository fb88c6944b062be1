import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface PageProcess {
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  readonly child: ChildProcess;
  /** `kill -9`; resolves once the system has taken everything back. */
  kill(): Promise<void>;
  /** Asks it to end; resolves with the exit code. */
  end(): Promise<number | null>;
}

/**
 * Page mode as a process of its own, on any free port, for tests that kill it.
 * Rejects with what it printed when it ends before it has printed its address.
 */
export async function startPageProcess(options: {
  /** Null: none is named. */
  readonly home: string | null;
  readonly exports: string;
  /** Beside this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly extra?: readonly string[];
  /** A built `serve.mjs`, which starts in a tenth of the time of the sources. */
  readonly program?: string;
}): Promise<PageProcess> {
  const { home, exports, port = 0, extra = [], program, env = {} } = options;
  const code = program ? [program] : ['--import', 'tsx', 'electron/serve.ts'];
  const named = home === null ? [] : ['--home', home];
  const args = [...named, '--exports', exports, '--port', String(port), '--no-open', ...extra];
  const child = spawn(process.execPath, [...code, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  let printed = '';
  child.stderr?.on('data', (chunk) => {
    printed += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      printed += `${line}\n`;
      const found = /^Baikoo: (http\S+)$/.exec(line)?.[1];
      if (found) resolve(found);
    });
    closed.then(([code]) => reject(new Error(`It ended with ${code}: ${printed}`)));
  });
  const { origin, hash } = new URL(url);
  return {
    url,
    origin,
    token: new URLSearchParams(hash.slice(1)).get('token') ?? '',
    child,
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
    async end() {
      child.kill('SIGTERM');
      return (await closed)[0];
    },
  };
}
