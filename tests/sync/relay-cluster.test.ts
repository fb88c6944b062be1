import { expect, onTestFinished, test } from 'vitest';
import { DEVICES, describeWithNats, RelayServers } from '../support/relay-servers.ts';
import { askInfo, contentOf, lineOf, targetOf } from './relay-clients.ts';
import { noise } from './target-suite.ts';

const FILES = 120;
const AT_ONCE = 4;
/** What was asked of a server that died is asked of another after this long. */
const PATIENCE = { answer: 5_000, perByte: 0.01 };
/** Choosing a leader takes a cluster seconds, on a busy machine many. */
const LONG = 400_000;
const pathOf = (n: number) => `cluster/${String(n).padStart(6, '0')}.bkp`;

describeWithNats('a relay of three servers', () => {
  test(
    'loses nothing that it acknowledged when its leader is killed in the middle of publishing',
    async () => {
      const servers = await RelayServers.start({ servers: 3, tls: true });
      onTestFinished(() => servers.close());
      const device = await servers.device(DEVICES[0] as string);

      const leaderOf = async (urls: readonly string[]): Promise<string> => {
        const info = await askInfo(await lineOf({ ...device, urls }));
        return (info.cluster as { leader: string }).leader;
      };
      const leader = await leaderOf(device.urls);
      // The writer's own line goes to the leader, so that it loses both.
      const first = servers.names.indexOf(leader);
      const urls = [...device.urls.slice(first), ...device.urls.slice(0, first)];
      const target = await targetOf(device, urls, PATIENCE);

      const acknowledged: number[] = [];
      let next = 0;
      let killed: Promise<void> | null = null;
      const publish = async () => {
        while (next < FILES) {
          const n = next++;
          await target.put(pathOf(n), noise(20_000, n + 1));
          acknowledged.push(n);
          if (acknowledged.length >= FILES / 3) killed ??= servers.kill(leader);
        }
      };
      // Every one of them gets through in the end: the target goes on with the servers that are left.
      await Promise.all(Array.from({ length: AT_ONCE }, publish));
      await killed;
      expect(killed).not.toBeNull();
      expect(acknowledged).toHaveLength(FILES);

      const left = device.urls.filter((_, i) => servers.names[i] !== leader);
      expect(await leaderOf(left)).not.toBe(leader);
      const reader = await targetOf(await servers.device(DEVICES[1] as string), left);
      expect(await reader.list('cluster')).toHaveLength(FILES);
      for (const n of acknowledged)
        expect(await contentOf(reader, pathOf(n)), pathOf(n)).toEqual(noise(20_000, n + 1));

      // The killed one catches up with what was published without it.
      await servers.run(leader);
      const back = await targetOf(device, [device.urls[first] as string]);
      await expect
        .poll(async () => contentOf(back, pathOf(FILES - 1)).catch(() => null), { timeout: 60_000 })
        .toEqual(noise(20_000, FILES));
    },
    LONG,
  );

  test(
    'goes on with two of three, and says busy with one',
    async () => {
      const servers = await RelayServers.start({ servers: 3 });
      onTestFinished(() => servers.close());
      const device = await servers.device(DEVICES[0] as string);
      const target = await targetOf(device, device.urls, PATIENCE);
      await target.put('left/a.bkp', noise(100, 1));
      await servers.kill('n1');
      await target.put('left/b.bkp', noise(100, 2));
      await servers.kill('n2');
      await expect(target.put('left/c.bkp', noise(100, 3))).rejects.toMatchObject({
        code: expect.stringMatching(/^target\/(?:busy|unreachable)$/),
      });
      await servers.run('n2');
      await target.put('left/c.bkp', noise(100, 3));
      for (const [i, name] of ['a', 'b', 'c'].entries()) {
        expect(await contentOf(target, `left/${name}.bkp`)).toEqual(noise(100, i + 1));
      }
    },
    LONG,
  );
});
