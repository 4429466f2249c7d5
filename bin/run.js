#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { handOver, isPinned } from './pinned-node.js';

const argv = process.argv.slice(2);
if (isPinned()) {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/sec', import.meta.url)));
  const [{ main }, { namedCommand }] = await Promise.all([
    import('../dist/cli/main.js'),
    import('./named-command.js'),
  ]);
  await main(argv, { command: namedCommand('../dist/commands/*.js', argv) });
} else await handOver(fileURLToPath(import.meta.url), argv);
