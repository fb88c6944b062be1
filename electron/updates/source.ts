/** Where a build asks about newer versions. Fixed when it is built: nothing that runs can name another place. */
export interface UpdateSource {
  /** The HTTPS address of the signed release. */
  readonly manifest: string;
  /** The HTTPS page that people download from. */
  readonly page: string;
  /** The publisher's Ed25519 public key: 32 bytes in base64. */
  readonly key: string;
}

/** Put here by the bundler: what `build/publisher.json` says in a release, null in every other build. */
declare const __BAIKOO_UPDATES__: UpdateSource | null;

/** The source of this build; null when it was built without, and when it runs unbundled. */
export const builtInSource: UpdateSource | null =
  typeof __BAIKOO_UPDATES__ === 'undefined' ? null : __BAIKOO_UPDATES__;
