/**
 * The preload script's world: a real isolated world of Chromium, so it shares the page's document and none of its
 * objects. Gives the bundled preload script the part of Electron that the stand-in models for a sandboxed preload:
 * `contextBridge.exposeInMainWorld` with an object of functions, and `ipcRenderer.invoke`.
 */
(function preloadWorld(secret, binding, preload) {
  if (window !== window.top) return;

  const toBase64 = (bytes) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(text);
  };
  const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  // The table stands in wire.ts.
  const pack = (value, above) => {
    if (value === undefined) return ['u'];
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return ['v', value];
    if (typeof value === 'number') {
      if (Number.isFinite(value) && !Object.is(value, -0)) return ['v', value];
      return ['f', Object.is(value, -0) ? '-0' : String(value)];
    }
    if (typeof value === 'bigint') return ['i', String(value)];
    if (above.includes(value)) throw new Error('The stand-in does not carry cycles.');
    const inside = (member) => pack(member, [...above, value]);
    if (value instanceof Uint8Array) return ['b', toBase64(value)];
    if (Array.isArray(value)) return ['a', value.map(inside)];
    if (value instanceof Date) return ['d', value.getTime()];
    if (value instanceof Map) return ['m', [...value].map(([key, member]) => [inside(key), inside(member)])];
    if (value instanceof Set) return ['s', [...value].map(inside)];
    const kind = Object.prototype.toString.call(value);
    if (kind !== '[object Object]') throw new Error(`The stand-in does not carry ${kind}.`);
    return ['o', Object.entries(value).map(([name, member]) => [name, inside(member)])];
  };
  const unpack = ([kind, content]) => {
    switch (kind) {
      case 'u':
        return undefined;
      case 'f':
        return Number(content);
      case 'i':
        return BigInt(content);
      case 'd':
        return new Date(content);
      case 'b':
        return fromBase64(content);
      case 'a':
        return content.map(unpack);
      case 's':
        return new Set(content.map(unpack));
      case 'm':
        return new Map(content.map(([key, member]) => [unpack(key), unpack(member)]));
      case 'o':
        return Object.fromEntries(content.map(([name, member]) => [name, unpack(member)]));
      default:
        return content;
    }
  };

  const waiting = new Map();
  let last = 0;
  const ipcRenderer = {
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        last += 1;
        const text = JSON.stringify(pack(structuredClone(args), []));
        waiting.set(last, { resolve, reject });
        globalThis[binding](JSON.stringify({ id: last, channel, args: text }));
      }),
  };
  globalThis.standInAnswer = (id, failure, text) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (failure === null) resolve(unpack(JSON.parse(text)));
    else reject(new Error(failure));
  };

  const contextBridge = {
    exposeInMainWorld: (key, api) => {
      for (const [name, member] of Object.entries(api)) {
        if (typeof member !== 'function')
          throw new Error(`The stand-in exposes functions only, not ${name}.`);
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = async ({ data: { id, name, args } }) => {
        try {
          port1.postMessage({ id, value: await api[name](...args) });
        } catch (error) {
          port1.postMessage({ id, failure: String(error?.message ?? error) });
        }
      };
      const data = JSON.stringify({ key, functions: Object.keys(api) });
      document.dispatchEvent(new MessageEvent(secret, { data, ports: [port2] }));
    },
  };

  const refusing = (what, model) =>
    new Proxy(model, {
      get(target, member) {
        if (typeof member === 'symbol' || member in target) return target[member];
        throw new Error(`The stand-in does not model ${what}.${member}.`);
      },
    });
  const electron = refusing('electron', {
    contextBridge: refusing('contextBridge', contextBridge),
    ipcRenderer: refusing('ipcRenderer', ipcRenderer),
  });
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error(`A sandboxed preload script cannot require "${name}".`);
  };
  preload(require, { exports: {} }, {});
});
