import Handlebars from 'handlebars';
import { compileSlots } from '../src/campaign/merge/slots.ts';
import { fillSlots, type MergeFields } from '../src/campaign/message.ts';
import { inPairs } from './lib/pairs.ts';
import type { Row } from './lib/row.ts';

const RECIPIENTS = 200_000;
const ROUNDS = 5;
const BYTES = 28_000;
const GOAL = 100_000;

/** What real mails have in their slots: cells, fallbacks, passages for some, amounts, the link that ends them. */
const slots = [
  '{{or first_name "friend"}}',
  '{{first_name}}',
  '{{#if city}}in {{city}}{{else}}near you{{/if}}',
  '{{upper last_name}}',
  '{{or city "your town"}}',
  '{{unsubscribe_url}}',
  '{{#unless member}}Join us{{/unless}}',
  '{{last_name}}',
  '{{#if (eq city "Riga")}}our shop{{else}}our web shop{{/if}}',
  '{{or member "no number"}}',
  '{{email}}',
  '{{recipient_id}}',
];

/** Merging of recipients into one mail of 28 kB with twelve slots, on one core, in CPU time. */
export async function merge(): Promise<Row[]> {
  const source = mail();
  const html = compileSlots(source, { language: 'en', as: 'html' });
  const people = Array.from({ length: 1_000 }, (_, n) => person(n));
  const handlebars = withHelpers().compile(source, { strict: true, knownHelpersOnly: false });
  const each = (work: (fields: MergeFields) => number) => () => rate(people, work);

  const onlySlots = each((fields) => html.slots.reduce((sum, slot) => sum + slot(fields).length, 0));
  const whole = each((fields) => fillSlots(html, fields).length);
  const peer = each((fields) => handlebars(fields).length);
  const merged = await inPairs(ROUNDS, onlySlots, peer);
  const texts = await inPairs(ROUNDS, whole, peer);
  const per = (figure: number) => `${(figure / 1000).toFixed(0)},000/s`;
  return [
    {
      what: `merging, ${html.slots.length} slots of a mail of ${Math.round(source.length / 1000)} kB`,
      ours: per(merged.ours),
      peer: `Handlebars, whole mail: ${per(merged.peer)}`,
      figure: { value: per(merged.ours), goal: `≥ ${per(GOAL)}`, met: merged.ours >= GOAL },
    },
    {
      what: 'the same as whole texts',
      ours: per(texts.ours),
      peer: `Handlebars: ${per(texts.peer)}`,
    },
  ];
}

/** Recipients for each second of CPU time of this process. */
function rate(people: readonly MergeFields[], work: (fields: MergeFields) => number): number {
  const before = process.cpuUsage();
  let characters = 0;
  for (let n = 0; n < RECIPIENTS; n++) characters += work(people[n % people.length] ?? {});
  const { user, system } = process.cpuUsage(before);
  if (characters === 0) throw new Error('Nothing was merged.');
  return RECIPIENTS / ((user + system) / 1e6);
}

function mail(): string {
  const filler = '<tr><td style="padding:0 32px;font-size:16px;line-height:26px">Fresh rye bread</td></tr>\n';
  const share = Math.floor((BYTES - slots.join('').length) / slots.length / filler.length);
  return slots.map((slot) => filler.repeat(share) + slot).join('\n');
}

const person = (n: number): MergeFields => ({
  first_name: n % 9 === 0 ? '' : `Anna ${n}`,
  last_name: `Bērziņa & ${n}`,
  city: ['Riga', 'Liepāja', ''][n % 3] ?? '',
  member: n % 2 === 0 ? `C-${n}` : '',
  email: `person${n}@example.com`,
  recipient_id: `r${n}`,
  unsubscribe_url: `mailto:news@kaldi.example?subject=unsubscribe%20r${n}`,
});

function withHelpers() {
  const engine = Handlebars.create();
  engine.registerHelper('or', (...values: unknown[]) => values.slice(0, -1).find(Boolean) ?? '');
  engine.registerHelper('upper', (value: unknown) => String(value).toUpperCase());
  engine.registerHelper('eq', (a: unknown, b: unknown) => a === b);
  return engine;
}
