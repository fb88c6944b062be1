/**
 * The page's half of the context bridge: runs in the page's own world before its scripts. Called with the name of the
 * event by which the isolated world announces what it exposes; nobody else knows the name.
 *
 * Only a port and a list of names come across, so the page holds functions of its own world; arguments and results
 * are structured clones, since a port carries nothing else.
 */
(function bridgeToPage(secret) {
  if (window !== window.top) return;
  document.addEventListener(secret, (event) => {
    const { key, functions } = JSON.parse(event.data);
    const [port] = event.ports;
    const waiting = new Map();
    let last = 0;
    port.onmessage = ({ data: { id, failure, value } }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (failure === undefined) resolve(value);
      else reject(new Error(failure));
    };
    const api = {};
    for (const name of functions) {
      api[name] = (...args) =>
        new Promise((resolve, reject) => {
          last += 1;
          // Throws where an argument cannot be cloned, as Electron's bridge does.
          port.postMessage({ id: last, name, args });
          waiting.set(last, { resolve, reject });
        });
    }
    Object.defineProperty(window, key, {
      value: Object.freeze(api),
      enumerable: true,
      writable: false,
      configurable: false,
    });
  });
});
