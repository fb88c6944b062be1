import type { MachineEvent, SystemHost } from '../host/host.ts';

/** After a question that the host did not answer, in milliseconds. */
const BREATH = 3_000;

/** Hands over what the machine says while `isOpen`, question after question; never throws. */
export async function watchMachine(
  system: Pick<SystemHost, 'nextEvent'>,
  isOpen: () => boolean,
  onEvent: (event: MachineEvent) => void,
): Promise<void> {
  while (isOpen()) {
    try {
      const event = await system.nextEvent();
      if (event !== null && isOpen()) onEvent(event);
    } catch {
      await new Promise<void>((resolve) => setTimeout(resolve, BREATH));
    }
  }
}
