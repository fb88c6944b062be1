import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TargetKind, TargetSettings } from '@/core/team-doors.ts';
import { Apache, PASSWORD, USER } from '../support/apache.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { FaultyLine, type Pace } from '../support/faulty-line.ts';
import { RelayServers } from '../support/relay-servers.ts';
import { frameCounter } from './count-frames.ts';

/** What went over a place's line so far. */
export interface Traffic {
  /** Both ways, with everything that TLS and HTTP or WebSocket add; null where there is no line. */
  readonly bytes: number | null;
  /** HTTP requests, or messages to the relay; null where there are none. */
  readonly requests: number | null;
}

/** A real place to meet at, behind a line that can be paced and that counts. */
export interface Place {
  settings(device: string): Promise<TargetSettings>;
  traffic(): Traffic;
  close(): Promise<void>;
}

export interface TeamOfDevices {
  readonly workspace: string;
  readonly devices: readonly string[];
}

export function openPlace(kind: TargetKind, team: TeamOfDevices, pace: Pace | null): Promise<Place> {
  if (kind === 'folder') return openFolder();
  return kind === 'webdav' ? openWebdav(pace) : openRelay(team, pace);
}

async function openFolder(): Promise<Place> {
  const path = await mkdtemp(join(tmpdir(), 'baikoo-meeting-'));
  return {
    settings: async () => ({ kind: 'folder', path }),
    traffic: () => ({ bytes: null, requests: null }),
    close: () => rm(path, { recursive: true, force: true }),
  };
}

async function openWebdav(pace: Pace | null): Promise<Place> {
  const apache = await Apache.start();
  await mkdir(join(apache.files, 'meeting'));
  apache.adopt();
  const proxy = await FaultProxy.to(apache.port, apache.certificate);
  const line = await FaultyLine.to(proxy.port);
  line.pace = pace;
  return {
    settings: async () => ({
      kind: 'webdav',
      url: `https://127.0.0.1:${line.port}/basic/meeting`,
      user: USER,
      password: PASSWORD,
      fingerprint: apache.certificate.fingerprint,
    }),
    traffic: () => ({ bytes: line.carried.up + line.carried.down, requests: proxy.seen.length }),
    async close() {
      await line.close();
      await proxy.close();
      await apache.stop();
    },
  };
}

async function openRelay(team: TeamOfDevices, pace: Pace | null): Promise<Place> {
  const servers = await RelayServers.start({ team });
  const first = await servers.device(team.devices[0] as string);
  const line = await FaultyLine.to(Number(new URL(first.urls[0] as string).port));
  line.pace = pace;
  const counters: ReturnType<typeof frameCounter>[] = [];
  line.onConnection = () => {
    const counter = frameCounter();
    counters.push(counter);
    return counter.hear;
  };
  return {
    settings: async (device) => ({
      kind: 'relay',
      urls: [`ws://127.0.0.1:${line.port}`],
      seed: (await servers.device(device)).seed,
      fingerprint: null,
    }),
    traffic: () => ({
      bytes: line.carried.up + line.carried.down,
      requests: counters.reduce((sum, counter) => sum + counter.count(), 0),
    }),
    async close() {
      await line.close();
      await servers.close();
    },
  };
}
