import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALL_TYPE, encodeCall, TOKEN_HEADER } from '@/core/host/framing.ts';
import { type PageServer, startServer } from '../../electron/page-server.ts';
import { launchBrowser } from '../support/browser.ts';
import { filesBelow, scratchFolder, WINDOW } from './scratch.ts';

/** A real Chromium shows a web page of another port, which tries what web pages can. It even knows the token. */
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000);
afterAll(() => browser?.close());

async function foreignPage(): Promise<{ page: Page; close: () => Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Elsewhere</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    async close() {
      await page.context().close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function victim(): Promise<{ server: PageServer; home: string }> {
  const folder = await scratchFolder();
  const renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>Baikoo</title>');
  await writeFile(join(renderer, 'assets', 'own.js'), 'window.loaded = true;');
  const home = join(folder, 'home');
  return { server: await startServer({ home, exports: folder, port: 0, renderer }), home };
}

test('a web page on another port neither calls, reads, frames, scripts nor opens the app', async () => {
  const { server, home } = await victim();
  const { page, close } = await foreignPage();
  const outcome = await page.evaluate(
    async ({ origin, token, type, header, claim }) => {
      const body = new Uint8Array(claim);
      const url = `${origin}/host/system.claim`;
      const tried = async (work: () => Promise<unknown>) => {
        try {
          return await work();
        } catch {
          return 'blocked';
        }
      };
      const post = (headers: Record<string, string>, mode: RequestMode = 'cors') =>
        tried(async () => {
          const response = await fetch(url, { method: 'POST', headers, body, mode });
          return `${response.type} ${(await response.text()).length}`;
        });
      const element = (tag: 'script' | 'img' | 'link', address: string) =>
        new Promise<string>((resolve) => {
          const made = document.createElement(tag);
          made.onload = () => resolve('loaded');
          made.onerror = () => resolve('blocked');
          if (made instanceof HTMLLinkElement) {
            made.rel = 'stylesheet';
            made.href = address;
          } else made.src = address;
          document.head.append(made);
        });
      const framed = () =>
        new Promise<string>((resolve) => {
          const frame = document.createElement('iframe');
          frame.onload = () =>
            resolve(
              frame.contentDocument === null && frame.contentWindow?.length === 0 ? 'unreadable' : 'readable',
            );
          frame.src = `${origin}/`;
          document.body.append(frame);
        });
      const formed = () =>
        new Promise<string>((resolve) => {
          const frame = document.createElement('iframe');
          frame.name = 'target';
          const form = document.createElement('form');
          Object.assign(form, { method: 'POST', enctype: 'text/plain', action: url, target: 'target' });
          document.body.append(frame, form);
          frame.onload = () => resolve('sent');
          form.submit();
        });
      const socket = () =>
        new Promise<string>((resolve) => {
          const made = new WebSocket(url.replace('http', 'ws'));
          made.onopen = () => resolve('open');
          made.onerror = () => resolve('blocked');
        });
      return {
        withToken: await post({ 'content-type': type, [header]: token }),
        asText: await post({ 'content-type': 'text/plain' }),
        blind: await post({ 'content-type': 'text/plain' }, 'no-cors'),
        beacon: navigator.sendBeacon(url, body),
        read: await tried(async () => (await fetch(`${origin}/`)).text()),
        script: await element('script', `${origin}/assets/own.js`),
        style: await element('link', `${origin}/assets/own.css`),
        image: await element('img', `${origin}/assets/own.png`),
        frame: await framed(),
        form: await formed(),
        socket: await socket(),
        ran: 'loaded' in window,
      };
    },
    {
      origin: server.origin,
      token: server.token,
      type: CALL_TYPE,
      header: TOKEN_HEADER,
      claim: [...encodeCall('system.claim', null, [WINDOW])],
    },
  );
  // A beacon is sent and a form is answered: what counts is that neither reached a handler (below).
  expect(outcome).toEqual({
    withToken: 'blocked',
    asText: 'blocked',
    blind: 'blocked',
    beacon: true,
    read: 'blocked',
    script: 'blocked',
    style: 'blocked',
    image: 'blocked',
    frame: 'unreadable',
    form: 'sent',
    socket: 'blocked',
    ran: false,
  });
  await close();

  // Our own page, in the same browser, finds the vault unclaimed: no attempt has come through.
  const own = await browser.newPage();
  await own.goto(server.url);
  const answer = await own.evaluate(
    async ({ token, type, header, claim }) => {
      const response = await fetch('/host/system.claim', {
        method: 'POST',
        headers: { 'content-type': type, [header]: token },
        body: new Uint8Array(claim),
      });
      return (await response.text()).slice(4);
    },
    {
      token: server.token,
      type: CALL_TYPE,
      header: TOKEN_HEADER,
      claim: [...encodeCall('system.claim', null, ['window-of-our-own-page'])],
    },
  );
  expect(JSON.parse(answer)).toEqual({ ok: true, value: true });
  expect(await filesBelow(home)).toEqual([]);
  await own.close();
  await server.stop();
}, 60_000);
