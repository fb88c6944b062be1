import * as Comlink from 'comlink';
import { deriveArgon2 } from '@/core/vault/argon2.ts';
import { prepareWire } from './wire.ts';

/** The worker that stretches one secret (`derive-apart.ts`): a proxy, no logic of its own. */
prepareWire();
Comlink.expose(deriveArgon2);
