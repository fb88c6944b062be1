/**
 * Windows 7, 8 and 8.1 call themselves 6.1 to 6.3. Electron no longer starts there with a message that anybody
 * understands, and a system without security updates keeps no secret. `release` is `os.release()`.
 */
export function isTooOld(platform: NodeJS.Platform, release: string): boolean {
  return platform === 'win32' && Number.parseInt(release, 10) < 10;
}
