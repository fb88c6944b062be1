import { openTarget as openOwn } from '@/core/sync/open-target.ts';
import { systemRandom } from '@/core/vault/primitives.ts';
import type { OpenTargetOf } from '@/core/workspace/sync-room.ts';
import { openRelay } from '@/relay/open-relay.ts';

/** From a target's settings to the target, over whatever the host gives. */
export const openTarget: OpenTargetOf = async (settings, host) =>
  settings.kind === 'relay' ? openRelay(settings, host) : openOwn(host, settings, systemRandom);
