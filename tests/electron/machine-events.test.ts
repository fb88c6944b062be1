import { describe, expect, test, vi } from 'vitest';
import { createMachineEvents } from '../../electron/machine-events.ts';
import { isTooOld } from '../../electron/old-windows.ts';
import { outsideAddress } from '../../electron/outside.ts';

// Of outside.ts only the pure part is called here.
vi.mock('electron', () => ({ dialog: null, shell: null }));

describe('what the machine says', () => {
  test('reaches whoever waits, and once', async () => {
    const events = createMachineEvents(() => 0);
    const first = events.next();
    events.tell('suspend');
    expect(await first).toBe('suspend');
    const second = events.next();
    events.close();
    expect(await second).toBeNull();
    expect(await events.next()).toBeNull();
  });

  test('is kept for a moment between two questions, and not for the next person', async () => {
    let now = 0;
    const events = createMachineEvents(() => now);
    events.tell('screen-locked');
    now = 4_999;
    expect(await events.next()).toBe('screen-locked');
    events.tell('lock');
    now += 5_000;
    const late = events.next();
    events.tell('suspend');
    expect(await late).toBe('suspend');
  });

  test('is not swallowed by the question of a page that was reloaded', async () => {
    const events = createMachineEvents(() => 0);
    const former = events.next();
    const present = events.next();
    expect(await former).toBeNull();
    events.tell('lock');
    expect(await present).toBe('lock');
  });
});

test('Windows 7, 8 and 8.1 are too old, and nothing else is', () => {
  for (const release of ['6.1.7601', '6.2.9200', '6.3.9600']) expect(isTooOld('win32', release)).toBe(true);
  for (const release of ['10.0.19045', '10.0.26100', '11.0.1'])
    expect(isTooOld('win32', release)).toBe(false);
  expect(isTooOld('linux', '6.1.0')).toBe(false);
  expect(isTooOld('darwin', '9.8.0')).toBe(false);
});

test('an address shows the host as the browser would ask for it', () => {
  expect(outsideAddress('https://бакоо.example/')).toMatch(/^https:\/\/xn--[0-9a-z]+\.example\/$/);
  expect(outsideAddress('mailto:someone@example.org')).toBe('mailto:someone@example.org');
  for (const url of [
    'file:///x',
    'javascript:1',
    'https://a:b@example.org/',
    'not an address',
    'app://baikoo/',
  ]) {
    expect(outsideAddress(url), url).toBeNull();
  }
});
