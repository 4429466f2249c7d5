/** Pages of one section: what a list page of each generator shows. */
const PER_SECTION = 100;

const words =
  'tea coffee bread market harbour spring garden kettle oven honey rye seed basket river window morning table maple copper linen'.split(
    ' ',
  );

/** A small generator of numbers (mulberry32), so that the corpus is the same on every machine. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface CorpusPage {
  /** Below the content folder. */
  readonly path: string;
  readonly text: string;
}

/** Pages of about 4 kB with what secretaries write: headings, prose, a table, lists, a quote, code, links. */
export function* corpus(pages: number): Generator<CorpusPage> {
  yield { path: '_index.md', text: '---\ntitle: The Corpus\n---\nWelcome.\n' };
  for (let section = 0; section * PER_SECTION < pages; section++)
    yield { path: `s${section}/_index.md`, text: `---\ntitle: Section ${section}\n---\nAll of it.\n` };
  for (let n = 0; n < pages; n++)
    yield { path: `s${Math.floor(n / PER_SECTION)}/page-${n}.md`, text: pageText(n) };
}

/** The text of page `n`; `edition` changes one of its sentences. */
function pageText(n: number, edition = 0): string {
  const random = numbers(n + 1);
  const word = () => words[Math.floor(random() * words.length)] ?? '';
  const sentence = (length: number) => {
    const said = Array.from({ length }, word).join(' ');
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  };
  const prose = (sentences: number) =>
    Array.from({ length: sentences }, (_, i) =>
      i % 3 === 1 ? `We **${word()}** the *${word()}* with \`${word()}\`. ${sentence(9)}` : sentence(12),
    ).join(' ');
  const day = new Date(Date.UTC(2020, 0, 1 + (n % 2000))).toISOString().slice(0, 10);
  const rows = Array.from({ length: 6 }, () => `| ${word()} | ${(random() * 20).toFixed(2)} | ${word()} |`);
  const items = Array.from({ length: 6 }, () => `- ${sentence(6)}`);
  return `---
title: "Page ${n}: ${word()} and ${word()}"
description: ${sentence(10)}
date: ${day}
tags: [${word()}, ${word()}]
---
${sentence(8)} Edition ${edition}.

## ${word()} and ${word()}

${prose(8)}

| what | price | with |
|---|---:|---|
${rows.join('\n')}

### ${word()} of the ${word()}

${prose(7)} See [the ${word()}](https://example.com/${word()}) too.

${items.join('\n')}

> ${prose(3)}

## Steps

1. ${sentence(7)}
2. ${sentence(7)}
3. ${sentence(7)}

\`\`\`js
const ${word()} = ${Math.floor(random() * 100)};
for (const one of all) console.log(one, "${word()}");
\`\`\`

${prose(9)}

## At the end

${prose(7)}
`;
}
