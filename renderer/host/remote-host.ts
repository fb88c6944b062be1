import { CHANNELS, type Channel, type Host, specOf } from '@/core/host/contract.ts';

/** Carries one call to where the handlers are; rejects with the host's `CodedError`. */
export type Carry = (channel: Channel, claim: string | null, params: readonly unknown[]) => Promise<unknown>;

/** Well below the ten seconds after which a quiet window may lose its claim. Milliseconds. */
const HEARTBEAT = 3000;

export interface RemoteHost {
  readonly host: Host;
  /** The window's claim, while it has one. */
  claim(): string | null;
}

/**
 * The port over a carrier. Remembers the window's claim, sends it with every call and keeps it alive. Once another
 * window has taken the vault, every call is `host/busy` until somebody claims anew: what this window knew of the
 * vault may be out of date by then, so that the claim never comes back by itself.
 */
export function remoteHost(carry: Carry): RemoteHost {
  let claim: string | null = null;
  let heart: ReturnType<typeof setInterval> | undefined;

  function hold(window: string | null): void {
    clearInterval(heart);
    claim = window;
    if (window !== null) heart = setInterval(beat, HEARTBEAT);
  }

  /** The cheapest call that carries the claim. A lost connection is no verdict; only the host's refusal is. */
  async function beat(): Promise<void> {
    const mine = claim;
    try {
      await carry('journal.size', mine, []);
    } catch (error) {
      if (claim === mine && error instanceof Error && 'code' in error && error.code === 'host/busy')
        hold(null);
    }
  }

  const areas: Record<string, Record<string, (...params: unknown[]) => Promise<unknown>>> = {};
  for (const channel of CHANNELS) {
    const [area, method] = channel.split('.') as [string, string];
    const { claimed } = specOf(channel);
    areas[area] ??= {};
    (areas[area] as Record<string, unknown>)[method] = (...params: unknown[]) =>
      carry(channel, claimed ? claim : null, params);
  }
  // The contract's type check has shown that the channels are the methods of the port, with these types.
  const plain = areas as unknown as Host;

  const host: Host = {
    ...plain,
    system: {
      ...plain.system,
      async claim(window) {
        const held = await plain.system.claim(window);
        hold(held ? window : null);
        return held;
      },
      async release(window) {
        if (claim === window) hold(null);
        await plain.system.release(window);
      },
    },
  };
  return { host, claim: () => claim };
}
