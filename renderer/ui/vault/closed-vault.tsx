import { useState } from 'react';
import type { VaultStatus } from '@/core/workspace.ts';
import { DemoStart } from './demo-start.tsx';
import { FirstRun } from './first-run.tsx';
import { Recover } from './recover.tsx';
import { VaultBusy, VaultUnusable } from './trouble.tsx';
import { Unlock } from './unlock.tsx';

/** What stands in the window while the vault is not open. */
export function ClosedVault(props: { readonly status: VaultStatus; readonly startDemo: boolean }) {
  const { status, startDemo } = props;
  if (startDemo && (status.state === 'absent' || (status.state === 'locked' && status.demo)))
    return <DemoStart />;
  switch (status.state) {
    case 'absent':
      return <FirstRun />;
    case 'locked':
      return <Locked />;
    case 'busy':
      return <VaultBusy />;
    case 'unusable':
      return <VaultUnusable code={status.code} />;
    case 'open':
      return null;
  }
}

function Locked() {
  const [recovering, setRecovering] = useState(false);
  const [first, setFirst] = useState(true);
  if (!recovering) return <Unlock first={first} onRecover={() => setRecovering(true)} />;
  return (
    <Recover
      onBack={() => {
        setFirst(false);
        setRecovering(false);
      }}
    />
  );
}
