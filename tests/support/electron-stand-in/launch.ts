import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { StandInSettings } from './program.ts';

/** The stand-in as a running program. */
export interface StandIn {
  readonly context: BrowserContext;
  /** The first window's page. */
  page(): Promise<Page>;
  /**
   * Runs the function whose text is `source` in the main process, with Electron's module, the argument and what the
   * stand-in has beside it, much as Playwright's `ElectronApplication.evaluate` does.
   */
  evaluate<A, R>(source: string, arg?: A): Promise<R>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** What the program wrote to its standard error. */
  complaints(): string;
  /** Which program it asked to be started when it has ended; null when it did not. */
  relaunched(): string | null;
  /** Quits as a person would and resolves with the exit code. */
  quit(): Promise<number | null>;
  kill(): Promise<void>;
}

/** A program that ended before it was ready. */
export class EndedEarly extends Error {
  readonly code: number | null;
  readonly relaunched: string | null;
  constructor(code: number | null, said: string, relaunched: string | null) {
    super(`The program ended with ${code}: ${said}`);
    this.code = code;
    this.relaunched = relaunched;
  }
}

const PROGRAM = fileURLToPath(new URL('program.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** `electron .` in the stand-in. Rejects with `EndedEarly` when it ends before its first window could be there. */
export async function launchStandIn(
  args: readonly string[],
  settings: StandInSettings = { locale: 'en-GB', scheme: 'light' },
  env: Readonly<Record<string, string>> = {},
): Promise<StandIn> {
  const child = spawn(process.execPath, ['--import', TSX, PROGRAM, ROOT, ...args], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: {
      ...process.env,
      ...env,
      BAIKOO_STAND_IN: JSON.stringify(settings),
      TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    },
  });
  let said = '';
  let relaunched: string | null = null;
  child.stderr?.on('data', (bytes: Buffer) => {
    said += bytes.toString('utf8');
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      for (const { reject } of waiting.values()) reject(new EndedEarly(code, said, relaunched));
      resolve(code);
    }),
  );
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    void ended.then((code) => reject(new EndedEarly(code, said, relaunched)));
    child.on(
      'message',
      (message: {
        ready?: true;
        port?: number;
        relaunched?: string;
        id?: number;
        value?: unknown;
        failure?: string;
      }) => {
        if (message.relaunched !== undefined) relaunched = message.relaunched;
        if (message.ready) resolve(message.port as number);
        const asked = waiting.get(message.id ?? -1);
        waiting.delete(message.id ?? -1);
        if (message.failure !== undefined) asked?.reject(new Error(message.failure));
        else asked?.resolve(message.value);
      },
    );
  });
  let browser: Browser;
  try {
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  } catch (error) {
    // A program that gives up takes its browser with it, and on a busy machine its end takes a while.
    const code = await Promise.race([
      ended,
      new Promise<'runs'>((resolve) => setTimeout(resolve, 30_000, 'runs').unref()),
    ]);
    if (code !== 'runs') throw new EndedEarly(code, said, relaunched);
    child.kill('SIGKILL');
    throw error;
  }
  const context = browser.contexts()[0] as BrowserContext;
  let last = 0;
  const evaluate: StandIn['evaluate'] = (source, arg) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve: resolve as (value: unknown) => void, reject });
      child.send({ id: last, source, arg });
    });
  return {
    context,
    async page() {
      const page = context.pages()[0] ?? (await context.waitForEvent('page'));
      await page.waitForURL((url) => url.protocol === 'http:', { waitUntil: 'domcontentloaded' });
      return page;
    },
    evaluate,
    ended,
    complaints: () => said,
    relaunched: () => relaunched,
    async quit() {
      await evaluate('({ app }) => app.quit()').catch(() => {});
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
