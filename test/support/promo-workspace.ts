import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

export interface PromoWorkspace {
  readonly dir: string;
  write(path: string, text: string): void;
}

export interface PromoWorkspaceOptions {
  readonly approval?: 'none' | 'required';
  readonly hours?: string;
  readonly people?: number;
}

/** A workspace with the client kaldi, its campaign spring and a file of customers, removed after the test. */
export function promoWorkspace({
  approval = 'none',
  hours = '00:00-24:00',
  people = 40,
}: PromoWorkspaceOptions = {}): PromoWorkspace {
  const dir = temporaryFolder();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  write(
    'sec.yaml',
    'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n',
  );
  write('sites/kaldi/site.yaml', site('Kaldi Coffee', 'kaldi', approval, hours));
  write('campaigns/kaldi/spring/campaign.md', brief('Our **spring blends** have arrived.'));
  write('customers.csv', customers(people));
  return { dir, write };
}

export const site = (name: string, short: string, approval = 'none', hours = '00:00-24:00') => `name: ${name}
url: https://${short}.example
sender: {name: ${name}, email: news@${short}.example, address: "1 Bean Street, Riga"}
approvers: [{name: Owner, email: owner@${short}.example}]
policy:
  approval: {site: none, campaign: ${approval}}
  sending: {days: [mon, tue, wed, thu, fri, sat, sun], hours: "${hours}"}
`;

export const brief = (body: string, fields = '') => `---
subject: 'Spring blends, {{or first_name "friend"}}'
template: promo
${fields}---
Hello {{or first_name "friend"}}. ${body}
`;

export const personAddress = (n: number) => `person${n}@example.com`;

/** An Excel export as people have it: a mark of its encoding, semicolons, a row twice, a row without an address. */
export const customers = (people: number) =>
  `\uFEFFE-pasts;First name\r\n${Array.from({ length: people }, (_, n) => `${personAddress(n)};Anna ${n}\r\n`).join('')}${personAddress(0).toUpperCase().replace('PERSON', 'person')};Anna again\r\nnobody;Nobody\r\n`;
