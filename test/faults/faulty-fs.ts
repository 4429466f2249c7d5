import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** What happens at the chosen call: the process dies, or the call fails. */
export type Fault = 'SIGKILL' | 'ENOSPC' | 'EIO' | 'EACCES';

const changing = [
  'mkdirSync',
  'writeSync',
  'renameSync',
  'linkSync',
  'symlinkSync',
  'copyFileSync',
  'rmSync',
  'rmdirSync',
  'fsyncSync',
] as const;

let calls = 0;
let faultAt = Number.POSITIVE_INFINITY;
let kind: Fault = 'EIO';

/** Lets the `at`th change of the disk from now on (from 1) end with `fault`. */
export function plant(fault: Fault, at: number): void {
  calls = 0;
  kind = fault;
  faultAt = at;
}

/** No more faults; the number of changes since `plant`. */
export function lift(): number {
  faultAt = Number.POSITIVE_INFINITY;
  return calls;
}

const real = { writeSync: fs.writeSync };

function strike(name: string, args: unknown[]): void {
  if (kind === 'SIGKILL') {
    if (name === 'writeSync') writeHalf(args);
    process.kill(process.pid, 'SIGKILL');
  }
  const path = args.find((arg) => typeof arg === 'string');
  const error: NodeJS.ErrnoException = new Error(`${kind}: planted`);
  throw Object.assign(error, { code: kind, errno: -1, syscall: name, path });
}

/** A process rarely dies between two calls: half of the bytes are on the disk by then. */
function writeHalf(args: unknown[]): void {
  const [file, data] = args;
  if (typeof file === 'number' && typeof data === 'string')
    real.writeSync(file, data.slice(0, data.length / 2));
}

const table = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
for (const name of changing) {
  const original = table[name];
  if (!original) throw new Error(`node:fs has no ${name}`);
  table[name] = (...args) => {
    calls += 1;
    if (calls === faultAt) strike(name, args);
    return original(...args);
  };
}
syncBuiltinESMExports();
