import { stringify } from 'yaml';

export interface OfficeFacts {
  readonly name: string;
  readonly email: string;
  readonly timezone: string;
}

export interface ClientFacts {
  readonly name: string;
  readonly url: string;
  readonly locales: readonly string[];
  readonly email: string;
  /** Postal address, as promotions must show it. */
  readonly address: string;
  readonly host?: string;
}

export interface StarterFile {
  readonly path: string;
  readonly text: string;
}

/** What `sec init` writes. */
export function officeFiles({ name, email, timezone }: OfficeFacts): StarterFile[] {
  return [
    { path: 'sec.yaml', text: stringify({ operator: { name, email }, locale: 'en', timezone }) },
    {
      path: '.gitignore',
      text: '# What sec keeps for itself, and what it builds: lists and sends are confidential.\n.sec/\npublic/\n',
    },
  ];
}

/** What `sec client add` writes: the rules, and pages that can be published as they are and then edited. */
export function clientFiles(client: string, facts: ClientFacts): StarterFile[] {
  const [main = 'en', ...others] = facts.locales;
  const pages = (lang: string, suffix: string) => {
    const words = starterWords[lang] ?? english;
    return [
      { path: `content/_index${suffix}.md`, text: homePage(facts, words) },
      { path: `content/${words.contactFile}${suffix}.md`, text: contactPage(facts, words) },
    ];
  };
  const files = [
    { path: 'site.yaml', text: siteYaml(client, facts) },
    ...pages(main, ''),
    ...others.flatMap((lang) => pages(lang, `.${lang}`)),
  ];
  return files.map(({ path, text }) => ({ path: `sites/${client}/${path}`, text }));
}

function siteYaml(client: string, { name, url, locales, email, address, host }: ClientFacts): string {
  const config = {
    name,
    url,
    locales,
    theme: 'default',
    facts: { email, address },
    host: host ?? `file:public/${client}`,
    sender: { name, email, address },
    policy: {
      approval: { site: 'none', campaign: 'none' },
      sending: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: '09:00-18:00' },
    },
    update: 'monthly',
  };
  return stringify(config, { lineWidth: 110 });
}

function homePage({ name, address }: ClientFacts, words: StarterWords): string {
  const front = stringify({ title: name, description: words.homeDescription(name) });
  return `---\n${front}---\n\n${words.homeBody(name, address)}\n`;
}

function contactPage({ name, address, email }: ClientFacts, words: StarterWords): string {
  const front = stringify({
    title: words.contactTitle,
    description: words.contactDescription(name),
    menu: 'main',
    weight: 90,
    translationKey: 'contact',
  });
  return `---\n${front}---\n\n${address}\n\n<${email}>\n`;
}

interface StarterWords {
  readonly contactFile: string;
  readonly contactTitle: string;
  readonly contactDescription: (name: string) => string;
  readonly homeDescription: (name: string) => string;
  readonly homeBody: (name: string, address: string) => string;
}

const english: StarterWords = {
  contactFile: 'contact',
  contactTitle: 'Contact',
  contactDescription: (name) => `Where to find ${name} and how to reach us.`,
  homeDescription: (name) => `${name}: who we are, what we offer and where to find us.`,
  homeBody: (name, address) => `Welcome to ${name}. You find us at ${address}.`,
};

const starterWords: Readonly<Record<string, StarterWords>> = {
  en: english,
  lv: {
    contactFile: 'kontakti',
    contactTitle: 'Kontakti',
    contactDescription: (name) => `Kur mūs atrast un kā ar mums sazināties: ${name}.`,
    homeDescription: (name) => `${name}: kas mēs esam, ko piedāvājam un kur mūs atrast.`,
    homeBody: (name, address) => `Laipni lūdzam! Mēs esam ${name}. Mūsu adrese: ${address}.`,
  },
};
