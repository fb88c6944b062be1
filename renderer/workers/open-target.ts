import { CodedError } from '@/core/base/coded-error.ts';
import type { OpenTargetOf } from '@/core/workspace/sync-room.ts';
import { openRelay } from '@/relay/open-relay.ts';

/** From a target's settings to the target, over whatever the host gives. */
export const openTarget: OpenTargetOf = async (settings, host) => {
  switch (settings.kind) {
    case 'relay':
      return openRelay(settings, host);
    case 'folder':
    case 'webdav':
      throw new CodedError('target/failed', 'Targets of this kind cannot be opened yet.');
  }
};
