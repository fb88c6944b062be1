import * as Comlink from 'comlink';
import { type DeriveKey, deriveArgon2 } from '@/core/vault/argon2.ts';
import Argon2Worker from './argon2.worker.ts?worker';

/** A calibration derives several keys, of which only the first may pay for the worker's start. */
const LINGER_MS = 2_000;

class NotStarted extends Error {}

/**
 * Argon2id in a worker that ends a moment after its last key. WebAssembly's memory, 64 MiB and more, is given back only
 * when its worker's heap is next collected as a whole, which in a vault that rests may be never; a worker that has ended
 * has none. Where it does not start, the key is derived here: that costs memory, and a closed vault would cost more.
 * Errors: as `deriveArgon2`'s.
 */
export function deriveApart(): DeriveKey {
  let worker: Worker | null = null;
  let under = 0;
  let ending: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    worker?.terminate();
    worker = null;
  };
  return async (secretBytes, saltBytes, params) => {
    clearTimeout(ending);
    worker ??= new Argon2Worker();
    const own = worker;
    under += 1;
    const broken = new Promise<never>((_resolve, reject) => {
      own.addEventListener('error', () => {
        if (worker === own) end();
        reject(new NotStarted('The worker that derives keys did not start.'));
      });
    });
    try {
      return await Promise.race([Comlink.wrap<DeriveKey>(own)(secretBytes, saltBytes, params), broken]);
    } catch (error) {
      if (error instanceof NotStarted) return deriveArgon2(secretBytes, saltBytes, params);
      throw error;
    } finally {
      under -= 1;
      if (under === 0) ending = setTimeout(end, LINGER_MS);
    }
  };
}
