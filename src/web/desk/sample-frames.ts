import type { Words } from '../../approval/words/words.ts';
import { type Html, html } from '../html.ts';
import type { DeskCase } from './office.ts';
import { widthChoice } from './width-choice.ts';

const SAMPLES = [1, 2, 3];

/** The campaign as sample customers would see it. */
export function sampleFrames({ shown }: DeskCase, base: string, words: Words): Html {
  const { desk, campaign } = words;
  const samples = SAMPLES.flatMap((n) => {
    const facts = shown(`sample-${n}.json`);
    const text = shown(`sample-${n}.txt`);
    return facts && text ? [{ n, ...readFacts(facts), text: Buffer.from(text).toString('utf8') }] : [];
  });
  return html`<div class="previews mails">${widthChoice(words)}<div class="samples">${samples.map(
    ({ n, subject, to, text }) => html`<section><h2>${campaign.sample(n)}</h2>
<dl><dt>${campaign.subject}</dt><dd>${subject}</dd><dt>${campaign.people}</dt><dd>${to}</dd></dl>
<figure><figcaption><a href="${base}/sample-${n}.html" target="_blank" rel="noopener noreferrer">${desk.openAlone}<span class="hidden">: ${campaign.sample(n)}</span></a></figcaption>
<div class="frame"><iframe sandbox loading="lazy" src="${base}/sample-${n}.html" title="${campaign.sample(n)}"></iframe></div></figure>
<details><summary>${desk.asText}</summary><pre>${text}</pre></details></section>`,
  )}</div></div>`;
}

function readFacts(bytes: Uint8Array): { subject: string; to: string } {
  const { subject = '', to = '' } = JSON.parse(Buffer.from(bytes).toString('utf8'));
  return { subject, to };
}
