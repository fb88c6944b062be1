import { toHex, utf8 } from '../base/bytes.ts';
import { codeOf } from '../base/coded-error.ts';
import type { SystemHost } from '../host/host.ts';
import type { Device } from '../vault/device.ts';
import { sha256 } from '../vault/primitives.ts';

/** Stands in the device file of a safety copy instead of a machine: whoever opens it is on another one. */
export const RESTORED = 'restored';

/** What this vault knows the machine by; null where nobody can tell one machine from another. */
export async function machineNote(
  system: Pick<SystemHost, 'machine'>,
  vaultId: string,
): Promise<string | null> {
  const mark = await system.machine();
  return mark === null ? null : toHex(await sha256(utf8(`baikoo/v1/machine/${vaultId}/${mark}`)));
}

/** The same device on the machine of `note`; where nobody can tell, on the one it was on before. */
export function onMachine(device: Device, note: string | null): Device {
  if (note !== null) return { ...device, machine: note };
  const { machine, ...anywhere } = device;
  return machine === RESTORED ? anywhere : device;
}

/** Why the device has to take a new id before it writes; null when it may go on. */
export function reasonToRenew(
  device: Device,
  note: string | null,
): 'device/restored' | 'device/moved' | null {
  if (device.machine === RESTORED) return 'device/restored';
  // A vault of before machines were known is taken to be where it was made.
  if (device.machine === undefined || note === null || device.machine === note) return null;
  return 'device/moved';
}

/** On a drive that cannot be written the vault still opens to be read; false then, and it is tried at the next unlock. */
export async function ifWritable(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (codeOf(error).startsWith('disk/')) return false;
    throw error;
  }
}
