import { openRelay } from '@/relay/open-relay.ts';
import { createSockets } from '../../electron/handlers/socket.ts';
import { FaultyLine } from '../support/faulty-line.ts';
import { DEVICES, describeWithNats, RelayServers } from '../support/relay-servers.ts';
import { describeTarget } from './target-suite.ts';

describeWithNats('a target', () => {
  describeTarget('a relay of one server', async () => {
    const servers = await RelayServers.start();
    const device = await servers.device(DEVICES[0] as string);
    const line = await FaultyLine.to(Number(new URL(device.urls[0] as string).port));
    const sockets = createSockets();
    return {
      // One key for all: a second one would put files beside the first one's, which the relay's own tests look at.
      open: () =>
        openRelay(
          { urls: [`ws://127.0.0.1:${line.port}`], seed: device.seed, fingerprint: null },
          { socket: sockets.host },
        ),
      plant: null,
      remove: null,
      cut: async () => {
        line.down = true;
        line.cut();
      },
      mend: async () => {
        line.down = false;
      },
      makeReadOnly: null,
      makeWritable: null,
      close: async () => {
        sockets.closeAll();
        await line.close();
        await servers.close();
      },
    };
  });
});
