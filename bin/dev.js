#!/usr/bin/env node
// The same as run.js, straight from src/: Node takes the types off by itself.
import { fileURLToPath } from 'node:url';
import { handOver, isPinned } from './pinned-node.js';

const argv = process.argv.slice(2);
if (isPinned()) {
  const [{ main }, { namedCommand }] = await Promise.all([
    import('../src/cli/main.ts'),
    import('./named-command.js'),
  ]);
  await main(argv, { fromSource: true, command: namedCommand('../src/commands/*.ts', argv) });
} else await handOver(fileURLToPath(import.meta.url), argv);
