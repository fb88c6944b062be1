/**
 * Chromium knows no scheme of an app's own unless it is compiled in, so `app://HOST/…` is loaded as
 * `http://HOST.localhost/…`: an origin of its own that Chromium trusts like https, with storage, workers and wasm.
 * Everything that our programs see is translated back.
 */
const TOP = '.localhost';
let scheme: string | null = null;

export function registerOwnScheme(name: string): void {
  scheme = name;
}

/** As Chromium loads it. */
export function toChromium(url: string): string {
  const parsed = new URL(url);
  if (parsed.protocol !== `${scheme}:`) return url;
  // The parser knows no host in a scheme that is not special.
  return url.replace(/^[a-z]+:\/\/([^/?#]*)/, `http://$1${TOP}`);
}

/** As Electron would name it. */
export function fromChromium(url: string): string {
  if (scheme === null) return url;
  return url.replace(/^(blob:)?http:\/\/([^/?#:]+)\.localhost(?=[/?#]|$)/, `$1${scheme}://$2`);
}
