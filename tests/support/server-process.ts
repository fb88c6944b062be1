import { type ChildProcess, spawn } from 'node:child_process';
import { builtRenderer, SERVE_PROGRAM } from './built.ts';

export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Ends it as a person would. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** Page mode as the program that `npm start` runs, in a process of its own. Rejects with what it said if it did not start. */
export async function startServerProcess(options: {
  readonly home: string;
  readonly exports: string;
  /** 0 for any free port. */
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
}): Promise<ServerProcess> {
  await builtRenderer();
  const { home, exports, port = 0, env } = options;
  const args = [SERVE_PROGRAM, '--port', String(port), '--home', home, '--exports', exports, '--no-open'];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (bytes: Buffer) => {
      said += bytes.toString('utf8');
      const line = /^Baikoo: (http\S+)$/m.exec(said);
      if (line?.[1] !== undefined) resolve(line[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    url,
    port: Number(new URL(url).port),
    process: child,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
