#!/usr/bin/env node
// The same as run.js, straight from src/: Node takes the types off by itself.
import { fileURLToPath } from 'node:url';
import { handOver, isPinned } from './pinned-node.js';

if (isPinned()) {
  const { main } = await import('../src/cli/main.ts');
  await main(process.argv.slice(2), { fromSource: true });
} else handOver(fileURLToPath(import.meta.url), process.argv.slice(2));
