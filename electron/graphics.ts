import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/**
 * Old graphics drivers crash. Chromium starts its GPU process again, and gives up altogether after some more crashes, so
 * after the second one of a run the next starts draw without it: slower, and alive. `graphics.json` in the vault's folder
 * holds the version that this was found with; a newer version tries anew.
 */
const FILE = 'graphics.json';
const TOO_MANY = 2;

/** Before the app is ready. */
export function watchGraphics(home: string): void {
  const path = join(home, FILE);
  const version = app.getVersion();
  if (brokenWith(path) === version) app.disableHardwareAcceleration();
  let crashes = 0;
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (type !== 'GPU' || reason === 'clean-exit') return;
    crashes += 1;
    if (crashes !== TOO_MANY) return;
    try {
      writeFileSync(path, JSON.stringify({ brokenWith: version }), { mode: 0o600 });
    } catch {
      // Then the next start tries the same again.
    }
  });
}

function brokenWith(path: string): unknown {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { brokenWith?: unknown }).brokenWith;
  } catch {
    return null;
  }
}
