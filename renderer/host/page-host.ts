import { CodedError } from '@/core/base/coded-error.ts';
import type { Channel, Host } from '@/core/host/contract.ts';
import { CALL_PATH, CALL_TYPE, decodeAnswer, encodeCall, TOKEN_HEADER } from '@/core/host/framing.ts';
import { remoteHost } from './remote-host.ts';

/**
 * The port over page mode's loopback door. Errors, besides the host's own: `host/gone` when the program behind the
 * page has ended.
 */
export function pageHost(window: Window, token: string): Host {
  const send = (channel: Channel, claim: string | null, params: readonly unknown[], keepalive: boolean) =>
    window.fetch(CALL_PATH + channel, {
      method: 'POST',
      headers: { 'content-type': CALL_TYPE, [TOKEN_HEADER]: token },
      body: encodeCall(channel, claim, params),
      cache: 'no-store',
      credentials: 'omit',
      keepalive,
    });

  const remote = remoteHost(async (channel, claim, params) => {
    let frame: Uint8Array;
    try {
      const response = await send(channel, claim, params, false);
      frame = new Uint8Array(await response.arrayBuffer());
    } catch {
      throw new CodedError('host/gone', 'The program behind the page does not answer.');
    }
    return decodeAnswer(channel, frame);
  });

  // Without this a reloaded page would wait ten seconds for its own former claim.
  window.addEventListener('pagehide', () => {
    const claim = remote.claim();
    if (claim !== null) void send('system.release', null, [claim], true).catch(() => {});
  });
  return remote.host;
}
