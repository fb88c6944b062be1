import { type Disk, nodeDisk } from '../../electron/disk.ts';

/** Whether the next call fails, and with which of Node's codes. `half` writes part of the bytes first. */
export type Fault = { readonly errno: string; readonly half?: boolean } | null;

/** Every call that changes the disk, in the order made. `truncate` is apart: it takes space from nobody. */
export type Step =
  | 'open'
  | 'write'
  | 'sync'
  | 'truncate'
  | 'rename'
  | 'link'
  | 'mkdir'
  | 'syncFolder'
  | 'unlink';

/** The real disk, but `decide` may fail any call that changes it. */
export function faultyDisk(decide: (step: Step) => Fault): Disk {
  const failed = (errno: string) => Object.assign(new Error(`injected ${errno}`), { code: errno });
  const before = (step: Step) => {
    const fault = decide(step);
    if (fault) throw failed(fault.errno);
  };
  return {
    ...nodeDisk,
    async open(path, how) {
      if (how === 'create') before('open');
      const file = await nodeDisk.open(path, how);
      return {
        ...file,
        async write(bytes, at) {
          const fault = decide('write');
          if (fault?.half) await file.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), at);
          if (fault) throw failed(fault.errno);
          return file.write(bytes, at);
        },
        async truncate(length) {
          before('truncate');
          return file.truncate(length);
        },
        async sync() {
          before('sync');
          return file.sync();
        },
      };
    },
    async rename(from, to) {
      before('rename');
      return nodeDisk.rename(from, to);
    },
    async link(from, to) {
      before('link');
      return nodeDisk.link(from, to);
    },
    async unlink(path) {
      before('unlink');
      return nodeDisk.unlink(path);
    },
    async mkdir(path) {
      before('mkdir');
      return nodeDisk.mkdir(path);
    },
    async syncFolder(path) {
      before('syncFolder');
      return nodeDisk.syncFolder(path);
    },
  };
}
