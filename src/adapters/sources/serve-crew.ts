import type { MessagePort } from 'node:worker_threads';
import { pageMaker } from '../../site/build/page-maker.ts';
import { wholeSite } from '../../site/build/whole-site.ts';
import type { PageTrace } from '../../site/build-store.ts';
import { chooseLayout } from '../../site/render/choose-layout.ts';
import type { FactName } from '../../site/render/facts.ts';
import { factsToKeep } from '../../site/render/kept-facts.ts';
import { siteFacts } from '../../site/render/site-facts.ts';
import { openObjects } from './objects.ts';
import { unpackInput } from './pack-input.ts';
import { type CrewOrder, type CrewReport, type CrewStart, createQueue } from './page-queue.ts';

/** Reads the site as it is told it, makes pages until none is left, and tells how. */
export function serveCrew(port: MessagePort): void {
  port.once('message', ({ objects, input }: CrewStart) => {
    const store = openObjects(objects);
    const site = wholeSite(unpackInput(input));
    const facts = siteFacts(site);
    const maker = pageMaker(site, facts);
    port.once('message', async ({ ids, taken, thread, port: reports }: CrewOrder) => {
      const queue = createQueue(ids.length, taken);
      queue.begin(thread);
      const told = new Set<FactName>();
      for (let some = queue.take(); some; some = queue.take()) {
        const made: [string, PageTrace][] = [];
        for (const id of ids.slice(some.from, some.to)) {
          const page = site.model.byId.get(id);
          if (!page) throw new TypeError('The crew reads the same site.');
          const layout = chooseLayout(page, maker.templates, site.client.config.kinds, site.siteFile);
          const { html, trace } = await maker.make(page, layout);
          store.putText(trace.sha256, html);
          made.push([id, trace]);
        }
        const seen = factsToKeep(
          made.map(([, trace]) => trace),
          facts.kept,
          told,
        );
        reports.postMessage({ made, facts: [...seen] } satisfies CrewReport);
      }
      port.postMessage('done');
    });
  });
}
