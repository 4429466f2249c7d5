#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { handOver, isPinned } from './pinned-node.js';

if (isPinned()) {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/sec', import.meta.url)));
  const { main } = await import('../dist/cli/main.js');
  await main(process.argv.slice(2));
} else handOver(fileURLToPath(import.meta.url), process.argv.slice(2));
