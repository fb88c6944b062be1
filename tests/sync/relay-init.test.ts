import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { filesBelow, scratchFolder } from '../electron/scratch.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const DEVICE = (last: string) => ({ device: `0123456789abcdefghjkmnpqr${last}`, member: `Мүчө ${last}` });

/** The command as an administrator runs it. */
async function relay(...args: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const command = ['--import', 'tsx', join(root, 'build', 'relay.ts'), ...args];
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tests', 'tsconfig.json') };
  try {
    const done = await promisify(execFile)(process.execPath, command, { cwd: root, env });
    return { ...done, code: 0 };
  } catch (error) {
    const failed = error as { stdout: string; stderr: string; code: number };
    return { stdout: failed.stdout, stderr: failed.stderr, code: failed.code };
  }
}

test('a later run of init keeps every key and option, and nothing secret is printed or open to others', async () => {
  const folder = await scratchFolder();
  const team = join(folder, 'team.json');
  const out = join(folder, 'out');
  const writeTeam = (devices: object[]) =>
    writeFile(team, JSON.stringify({ workspace: '0123456789abcdefghjkmnpqrs', name: 'Байкоо', devices }));
  await writeTeam([DEVICE('a'), DEVICE('b')]);
  const servers = ['n1', 'n2', 'n3'].flatMap((name) => ['--server', `${name}=${name}.example.org`]);
  const first = await relay(
    'init',
    '--from',
    team,
    '--out',
    out,
    ...servers,
    '--max-gb',
    '7',
    '--spare',
    '1',
  );
  expect(first).toMatchObject({ code: 0, stderr: '' });

  const device = join(out, 'devices', `${DEVICE('a').device}.json`);
  const before = await readFile(device, 'utf8');
  const { seed, urls, fingerprint } = JSON.parse(before);
  expect(urls).toEqual(['n1', 'n2', 'n3'].map((name) => `wss://${name}.example.org:8443`));
  expect(first.stdout).toContain(fingerprint);

  await writeTeam([DEVICE('a'), DEVICE('b'), DEVICE('c')]);
  const second = await relay('init', '--from', team, '--out', out, '--spare', '1');
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(second.stdout).toContain(`New credentials in ${out}/devices: ${DEVICE('c').device}\n`);
  expect(await readFile(device, 'utf8')).toBe(before);
  expect(second.stdout).toContain(fingerprint);

  for (const name of await filesBelow(out)) {
    const path = join(out, name);
    if (!name.endsWith('.crt')) expect((await stat(path)).mode & 0o077, name).toBe(0);
    // A seed is in the file of its device, and the administrator's in theirs; the servers need none.
    const mayHoldSeed = name.startsWith('devices/') || name === 'admin.nk';
    expect(/\bSU[A-Z2-7]{56}\b/.test(await readFile(path, 'utf8')), name).toBe(mayHoldSeed);
  }
  for (const { stdout } of [first, second]) expect(stdout).not.toMatch(/SU[A-Z2-7]{56}/);

  const config = await readFile(join(out, 'n2', 'nats-server.conf'), 'utf8');
  expect(config).toContain('sync_interval: always');
  expect(config).toContain('"nats://n1.example.org:6222"');
  expect(config).not.toContain('"nats://n2.example.org:6222"');
  expect(config).toContain('max_file_store: 7700000000');
  expect(await readFile(join(out, 'n1', 'accounts.conf'), 'utf8')).not.toContain(seed);

  expect(second.stdout).not.toContain('others than before');
  const moved = await relay(
    ...['init', '--from', team, '--out', out, '--server', 'n1=other.example.org'],
    ...['--revoke', DEVICE('b').device],
  );
  expect(moved.stdout).toContain('Addresses or certificate are others than before. Give both anew to: ');
  expect(moved.stdout).toContain(`${DEVICE('a').device}, `);
  expect(moved.stdout).not.toContain(`${DEVICE('b').device},`);
  expect(moved.stdout).not.toContain(fingerprint);

  const foreign = await relay('init', '--from', team, '--out', out, '--revoke', 'nobody');
  expect(foreign.code).toBe(1);
  expect(foreign.stderr).toContain('nobody has no key');
});

test('init says what is wrong with a team or a plan that cannot be', async () => {
  const folder = await scratchFolder();
  const team = join(folder, 'team.json');
  await writeFile(
    team,
    JSON.stringify({ workspace: 'w', name: '', devices: [{ device: '../x', member: '' }] }),
  );
  const bad = await relay('init', '--from', team, '--out', join(folder, 'out'), '--server', 'n1=127.0.0.1');
  expect(bad.code).toBe(1);
  expect(bad.stderr).toContain('devices.0.device');
  await writeFile(team, JSON.stringify({ workspace: 'w', name: '', devices: [] }));
  const open = await relay(
    'init',
    '--from',
    team,
    '--out',
    join(folder, 'out'),
    '--server',
    'n1=relay.example',
    '--plain',
  );
  expect(open.stderr).toContain('127.0.0.1');
  expect(open.code).toBe(1);
  const out = join(folder, 'out');
  for (const wrong of [
    ['--max-gb', '20GB'],
    ['--max-gb', '0'],
    ['--spare', 'many'],
    ['--spare', '1.5'],
  ]) {
    const said = await relay('init', '--from', team, '--out', out, '--server', 'n1=relay.example', ...wrong);
    expect(said, wrong.join(' ')).toMatchObject({ code: 1, stderr: expect.stringContaining(wrong[0] ?? '') });
    expect(await filesBelow(out)).toEqual([]);
  }
});
