import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTeamFile } from '../../build/relay/team-file.ts';
import { scratchFolder } from '../electron/scratch.ts';
import { MemoryCache } from '../support/memory-cache.ts';
import { memoryHost } from '../support/memory-host.ts';
import { laptop, openNewVault } from '../support/vault.ts';

test('the list of devices that the app saves is the one that the relay is set up from', async () => {
  const host = memoryHost();
  const { workspace } = await openNewVault(laptop(host, new MemoryCache()));
  await workspace.team.found('Ош мониторинг');
  const saved = await workspace.team.saveDevices();
  const path = join(await scratchFolder(), 'team.json');
  await writeFile(path, host.disk.files.get(saved?.path ?? '') ?? new Uint8Array());

  const team = await workspace.team.team();
  expect(await readTeamFile(path)).toEqual({
    workspace: team?.workspace,
    name: 'Ош мониторинг',
    devices: [{ device: team?.members[0]?.devices[0], member: 'Айгүл' }],
  });
});
