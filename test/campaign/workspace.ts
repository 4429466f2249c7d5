import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '../../src/cli/context/context.ts';
import { contextIn } from '../support/context.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The minimal workspace of the contract, word for word. */
export const minimal: Readonly<Record<string, string>> = {
  'sec.yaml': `operator: {name: Office, email: office@example.com}
locale: en
timezone: Europe/Riga
`,
  'sites/kaldi/site.yaml': `name: Kaldi Coffee
url: https://kaldi.example
locales: [en]
theme: default
host: file:public/kaldi            # relative to the workspace
markdown: {html: sanitise}         # sanitise (default) | allow | escape
sender: {name: Kaldi Coffee, email: news@kaldi.example, address: "1 Bean Street, Riga", transport: "smtp://127.0.0.1:2525"}
approvers: [{name: Owner, email: owner@kaldi.example}]
policy:
  approval: {site: none, campaign: none}      # none | required
  sending: {days: [mon, tue, wed, thu, fri, sat, sun], hours: "00:00-24:00"}
update: weekly
`,
  'campaigns/kaldi/spring/campaign.md': `---
subject: 'Spring blends, {{or first_name "friend"}}'
preheader: Twenty per cent off until Sunday
template: promo                    # templates/email/promo.mjml
list: customers
starts: 2026-03-01
ends: 2026-12-31
page: true
banner: Spring blends −20 %
offers:
  - {name: Ethiopia Sidamo, price: 7.90, was: 9.90, currency: EUR, url: https://kaldi.example/products/}
---
Hello {{or first_name "friend"}}, our **spring blends** have arrived.
`,
};

/** A workspace in a folder of its own: the minimal one, with `files` over it. */
export function makeWorkspace(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const dir = temporaryFolder();
  for (const [path, content] of Object.entries({ ...minimal, ...files })) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
  return dir;
}

/** The context of a command without a terminal, in a workspace made of `files`, on 21 November 2026. */
export function makeContext(files: Readonly<Record<string, string | Uint8Array>> = {}): Context {
  const context = contextIn(makeWorkspace(files), { SEC_VAULT_DIR: process.env.SEC_VAULT_DIR });
  return { ...context, clock: { now: () => Temporal.Instant.from('2026-11-21T10:00:00Z') } };
}

/** A brief of the minimal workspace's client with these fields, as its file would be. */
export const brief = (fields: string, body = 'Hello.\n') => ({
  'campaigns/kaldi/spring/campaign.md': `---\n${fields}\n---\n${body}`,
});
