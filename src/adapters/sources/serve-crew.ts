import type { MessagePort } from 'node:worker_threads';
import { type PageMaker, pageMaker } from '../../site/build/page-maker.ts';
import { wholeSite } from '../../site/build/whole-site.ts';
import type { PageTrace } from '../../site/build-store.ts';
import type { Site } from '../../site/collect/collect.ts';
import { chooseLayout } from '../../site/render/choose-layout.ts';
import type { FactName, WholeFacts } from '../../site/render/facts.ts';
import { factsToKeep } from '../../site/render/kept-facts.ts';
import { siteFacts } from '../../site/render/site-facts.ts';
import { type Objects, openObjects } from './objects.ts';
import { unpackInput } from './pack-input.ts';
import {
  type CrewMessage,
  type CrewOrder,
  type CrewReport,
  type CrewStart,
  createQueue,
} from './page-queue.ts';
import { type PageHearer, pageHearer } from './told-pages.ts';

/**
 * Takes pages apart as they are read, reads the site that they are of, makes pages until none is left, and tells
 * of all that.
 *
 * @param port where it is told what to do, and says that it is done
 */
export function serveCrew(port: MessagePort, reports: MessagePort): void {
  const report = (told: CrewReport) => reports.postMessage(told);
  const heard = pageHearer();
  let workplace: Workplace | undefined;
  port.on('message', async (message: CrewMessage) => {
    if ('pages' in message) report({ fronts: heard.hear(message.pages) });
    else if ('input' in message) workplace = arrange(message, heard);
    else if (workplace) {
      await makePages(workplace, message, report);
      port.postMessage('done');
    }
  });
}

/** What a thread makes pages with. */
interface Workplace {
  readonly site: Site;
  readonly facts: WholeFacts;
  readonly maker: PageMaker;
  readonly store: Objects;
}

function arrange({ objects, input }: CrewStart, heard: PageHearer): Workplace {
  const site = wholeSite(unpackInput(input, heard));
  const facts = siteFacts(site);
  return { site, facts, maker: pageMaker(site, facts), store: openObjects(objects) };
}

async function makePages(
  { site, facts, maker, store }: Workplace,
  { ids, taken, thread }: CrewOrder,
  report: (told: CrewReport) => void,
): Promise<void> {
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
    const traces = made.map(([, trace]) => trace);
    report({ made, facts: [...factsToKeep(traces, facts.kept, told)] });
  }
}
