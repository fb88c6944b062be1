import {
  type Answer,
  type Channel,
  CodedError,
  type Host,
  isChannel,
  specOf,
  toWire,
} from '../renderer/core/host/contract.ts';
import type { Claims } from './claims.ts';

/** A call from a window, nothing of which is believed yet. */
export interface Call {
  readonly channel: unknown;
  readonly claim: unknown;
  readonly params: unknown;
}

/** Answers a call; never throws. */
export type Dispatch = (call: Call) => Promise<Answer>;

/**
 * The one way to the handlers, for both hosts: known channel, parameters of the contract's shape, living claim,
 * then one call after another. The queue is what lets the handlers read a length and then write at it. Calls that
 * the contract puts aside stay out of it: they wait for a person or a line and touch nothing of the vault.
 */
export function createDispatch(host: Host, claims: Claims): Dispatch {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<unknown>): Promise<unknown> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };

  async function answer({ channel, claim, params }: Call): Promise<unknown> {
    if (!isChannel(channel)) throw new CodedError('host/refused', 'There is no such channel.');
    const spec = specOf(channel);
    const parsed = spec.params.safeParse(params);
    if (!parsed.success) {
      throw new CodedError('host/refused', 'The parameters do not have the shape of the contract.', {
        channel,
      });
    }
    if (spec.bytesParam !== undefined) {
      const size = (parsed.data[spec.bytesParam] as Uint8Array).length;
      if (size > spec.maxBytes)
        throw new CodedError('host/refused', 'Too many bytes at once.', { channel, size });
    }
    const run = async () => {
      // Checked when its turn comes: the claim may have gone to another window while the call waited.
      const holds = () => claims.holds(typeof claim === 'string' ? claim : null);
      if (spec.claimed && !holds()) {
        throw new CodedError('host/busy', 'The window does not hold the vault.', { channel });
      }
      const result = await methodOf(host, channel)(...parsed.data);
      // A second sign of life, because a slow disk can take longer than a window may be quiet.
      holds();
      return spec.result.parse(result);
    };
    return spec.aside ? run() : inTurn(run);
  }

  return async (call) => {
    try {
      return { ok: true, value: await answer(call) };
    } catch (error) {
      return { ok: false, error: toWire(error) };
    }
  };
}

/** The contract's type check has shown that every channel is a method of `Host`. */
function methodOf(host: Host, channel: Channel): (...params: readonly unknown[]) => Promise<unknown> {
  const [area, method] = channel.split('.') as [keyof Host, string];
  const methods = host[area] as unknown as Record<
    string,
    (...params: readonly unknown[]) => Promise<unknown>
  >;
  return methods[method] as (...params: readonly unknown[]) => Promise<unknown>;
}
