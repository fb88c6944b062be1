import { type Clock, isoSeconds, type Random } from '../base/clock.ts';
import type { Json } from '../base/json.ts';
import { START } from '../journal/frame.ts';
import { type Device, deviceSigner, renewedDevice, type Signer } from '../vault/device.ts';
import type { KeptItem } from './ledger.ts';
import type { SyncState } from './sync-state.ts';
import { proveRenewal, signEntry } from './team-log.ts';

export interface Renewal {
  readonly device: Device;
  readonly items: readonly KeptItem[];
}

/**
 * A device that met its own id elsewhere (a copied laptop, a vault set back to an older copy), or finds itself on
 * another machine or restored, goes on as a new device of the same member, introduced to the team, if there is one, by
 * the old key. Everything it wrote above the counter goes into packs once more, under the ids it has: others keep what
 * they know, and show both where two changes have one id.
 */
export async function renewal(
  old: Device,
  signer: Signer,
  state: SyncState,
  above: number,
  by: { readonly clock: Clock; readonly random: Random },
): Promise<Renewal> {
  const membership = state.membership;
  const device = await renewedDevice(old, by.random);
  const repack: KeptItem = { entry: { kind: 'repack', device: old.device, above, from: START } };
  if (membership === null) return { device, items: [repack] };
  const at = isoSeconds(by.clock);
  const entry = await signEntry(
    {
      op: 'renew',
      prev: membership.roster.ends,
      at,
      body: {
        device: device.device,
        signing: device.signing.public,
        agreement: device.agreement.public,
        proof: await proveRenewal(membership.workspace, old.device, await deviceSigner(device)),
      },
    },
    signer,
  );
  return {
    device,
    items: [
      { entry: { kind: 'log', own: true, log: [entry as unknown as Json] } },
      repack,
      { entry: { kind: 'flag', code: 'sync/renewed', detail: { device: old.device }, at } },
    ],
  };
}
