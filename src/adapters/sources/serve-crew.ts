import type { MessagePort } from 'node:worker_threads';
import { pageMaker } from '../../site/build/page-maker.ts';
import { wholeSite } from '../../site/build/whole-site.ts';
import type { PageTrace } from '../../site/build-store.ts';
import { chooseLayout } from '../../site/render/choose-layout.ts';
import { siteFacts } from '../../site/render/site-facts.ts';
import { openObjects } from './objects.ts';
import { unpackInput } from './pack-input.ts';
import { type CrewOrder, type CrewStart, createQueue } from './page-queue.ts';

/** Reads the site as it is told it, makes pages until none is left, and tells how. */
export function serveCrew(port: MessagePort): void {
  port.once('message', ({ objects, input }: CrewStart) => {
    const store = openObjects(objects);
    const site = wholeSite(unpackInput(input));
    const maker = pageMaker(site, siteFacts(site));
    port.once('message', async ({ ids, taken, thread }: CrewOrder) => {
      const queue = createQueue(ids.length, taken);
      queue.begin(thread);
      const made: [string, PageTrace][] = [];
      for (let some = queue.take(); some; some = queue.take()) {
        for (const id of ids.slice(some.from, some.to)) {
          const page = site.model.byId.get(id);
          if (!page) throw new TypeError('The crew reads the same site.');
          const layout = chooseLayout(page, maker.templates, site.client.config.kinds, site.siteFile);
          const { html, trace } = await maker.make(page, layout);
          store.putText(trace.sha256, html);
          made.push([id, trace]);
        }
      }
      port.postMessage(made);
    });
  });
}
