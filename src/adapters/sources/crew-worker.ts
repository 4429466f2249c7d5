/** A thread of the crew: reads the site as it is given it, makes pages until none is left, and tells how. */
import { parentPort, workerData } from 'node:worker_threads';
import { createRenderer, makePage } from '../../site/build/renderer.ts';
import { wholeSite } from '../../site/build/whole-site.ts';
import type { PageTrace } from '../../site/build-store.ts';
import { chooseLayout } from '../../site/render/choose-layout.ts';
import { sanitise } from '../../site/render/sanitise.ts';
import { siteFacts } from '../../site/render/site-facts.ts';
import { openObjects } from './objects.ts';
import { unpackInput } from './pack-input.ts';
import { type CrewOrder, type CrewStart, createQueue } from './page-queue.ts';

const { objects, input } = workerData as CrewStart;
const store = openObjects(objects);
const site = wholeSite(unpackInput(input));
const renderer = createRenderer(site, siteFacts(site), sanitise);

parentPort?.once('message', ({ ids, taken, thread }: CrewOrder) => {
  const queue = createQueue(ids.length, taken);
  queue.begin(thread);
  const made: [string, PageTrace][] = [];
  for (let some = queue.take(); some; some = queue.take()) {
    for (const id of ids.slice(some.from, some.to)) {
      const page = site.model.byId.get(id);
      if (!page) throw new TypeError('The crew reads the same site.');
      const layout = chooseLayout(page, renderer.templates, site.client.config.kinds, site.siteFile);
      const { html, trace } = makePage(renderer, page, layout);
      if (!store.has(trace)) store.putText(trace.sha256, html);
      made.push([id, trace]);
    }
  }
  parentPort?.postMessage(made);
});
