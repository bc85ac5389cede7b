import type { AlarmCheck } from '../alarms.ts';

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;

/** A disk is nearly full below this share of it, within these bounds in bytes. */
const SHARE = 0.05;
const LEAST = 512 * mebibyte;
const MOST = 10 * gibibyte;

/** An alarm resolves only with so much more, or it would come and go at the edge. */
const RELIEF = 1.2;

/** The disk under the database, in bytes; `free` is what this process may still use. */
export type DiskSpace = { free: number; total: number };

/** Looks whether the disk of the database is nearly full. */
export function createDiskSpaceCheck(space: () => Promise<DiskSpace>): AlarmCheck {
  return {
    code: 'disk-nearly-full',
    async look(open) {
      const { free, total } = await space();
      const least = leastFree(total) * (open.length > 0 ? RELIEF : 1);
      if (free >= least) return [];
      const facts = `${bytesInWords(free)} of ${bytesInWords(total)} are free.`;
      return [{ subject: 'installation', facts }];
    },
  };
}

/** With less than this free a disk is nearly full, in bytes. */
export function leastFree(total: number): number {
  return Math.min(MOST, Math.max(LEAST, total * SHARE));
}

/** Such as `1.5 GiB`. */
export function bytesInWords(bytes: number): string {
  if (bytes >= gibibyte) return `${(bytes / gibibyte).toFixed(1)} GiB`;
  return `${Math.floor(bytes / mebibyte)} MiB`;
}
