import { HtmlValidate, StaticConfigLoader } from 'html-validate/browser';
import type { CheckedPage, CheckedSite, PageRule } from '../checked-site.ts';
import { asError, asWarning, type Finding } from '../finding.ts';
import { type Located, lineOf, locate } from '../locate.ts';

/** Rules that other findings say in plainer words, and those on how HTML is written that change nothing for visitors. */
const silent = [
  'wcag/h37',
  'heading-level',
  'long-title',
  'empty-heading',
  'empty-title',
  'element-required-content',
  'attr-case',
  'attr-quotes',
  'attribute-boolean-style',
  'attribute-empty-style',
  'doctype-style',
  'element-case',
  'no-implicit-button-type',
  'no-inline-style',
  'no-self-closing',
  'no-trailing-whitespace',
  'prefer-button',
  'prefer-native-element',
  'prefer-tbody',
  'tel-non-breaking',
  'valid-id',
  'void-style',
  'script-type',
  'no-redundant-role',
  'no-redundant-aria-label',
  'class-pattern',
  'id-pattern',
  'name-pattern',
  'no-implicit-input-type',
  'form-dup-name',
];

/** What is wrong in words that somebody who never saw HTML can follow; `%` is what html-validate says. */
const plain: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  'close-order': [
    'An HTML tag is opened and not closed, or closed and not opened (%): what follows may look wrong.',
    'Close every tag that is opened, the last one first, as in <b><i>words</i></b>.',
  ],
  'no-implicit-close': [
    'An HTML tag is not closed (%): the browser guesses where it ends.',
    'Write the closing tag, such as </p>, where the part ends.',
  ],
  'no-dup-id': [
    'Two parts of the page have the same id (%): links to it lead to the first one only.',
    'Give one of them another id, or change one of two headings with the same words.',
  ],
  'element-permitted-content': [
    'An HTML element stands where it must not stand (%).',
    'Move it out of the element around it. A block such as <div> cannot stand within a line of text.',
  ],
  'no-raw-characters': [
    'A character of HTML stands in the text as it is (%).',
    'Write &lt; for <, &gt; for > and &amp; for &.',
  ],
  'no-dup-attr': ['An HTML tag has the same attribute twice (%).', 'Keep one of the two.'],
  deprecated: [
    'An HTML element that browsers no longer know is used (%).',
    'Use Markdown, or a class that the layout knows.',
  ],
  'wcag/h30': [
    'A link holds a picture without words: nobody who listens to the page knows where it leads.',
    'Say in the words of the picture where the link leads.',
  ],
};

/** HTML as the standard has it (html-validate, recommended). */
export function createValidityRule(): PageRule {
  const validator = new HtmlValidate(
    new StaticConfigLoader({
      root: true,
      extends: ['html-validate:recommended'],
      rules: Object.fromEntries(silent.map((name) => [name, 'off'])),
    }),
  );
  return (page, site) => {
    if (page.isMail) return [];
    const { results } = validator.validateStringSync(page.markup, page.path);
    return results
      .flatMap(({ messages }) => messages)
      .filter(({ message }) => !message.startsWith('<html> is missing required "lang"'))
      .map((message) => toFinding(message, page, site));
  };
}

type Message = Readonly<{ ruleId: string; message: string; offset: number }>;

function toFinding({ ruleId, message, offset }: Message, page: CheckedPage, site: CheckedSite): Finding {
  const markup = tagAt(page.markup, offset);
  const [words, fix] = plain[ruleId] ?? [
    'The HTML of the page is not as it should be (%).',
    'Correct it where HTML is written in the text; if it is not there, tell whoever made the layout.',
  ];
  return (ruleId in plain || ruleId === 'parser-error' ? asError : asWarning)({
    ...placeOf(markup, page, site),
    rule: `html-${ruleId.replaceAll('/', '-')}`,
    text: message,
    message: words.replace('%', () => message),
    fix,
  });
}

/** The tag at or before an offset, as it stands in the page. */
function tagAt(markup: string, offset: number): string {
  const begin = markup.lastIndexOf('<', offset);
  const end = markup.indexOf('>', begin);
  return begin < 0 || end < 0 ? '' : markup.slice(begin, end + 1);
}

/** Raw HTML is in the text as it is on the page, or nearly; a heading is found by its words. */
function placeOf(tag: string, page: CheckedPage, site: CheckedSite): Located {
  if (!/[ ]/.test(tag)) return inBody(tag, page) ?? { file: page.file };
  return locate(page, site, tag, tag.replaceAll('"', "'"));
}

/** A tag without attributes is everywhere in a layout: only the text itself is searched for it. */
function inBody(tag: string, { source, file }: CheckedPage): Located | undefined {
  const at = source && tag !== '' ? source.text.indexOf(tag, source.bodyStart) : -1;
  return source && at >= 0 ? { file, line: lineOf(source.text, at) } : undefined;
}
