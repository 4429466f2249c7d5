/** The fields that many lists have, and the headers people write over them in English and Latvian. */
const headers: Readonly<Record<string, readonly string[]>> = {
  email: [
    'email',
    'e-mail',
    'mail',
    'email address',
    'e-mail address',
    'mail address',
    'epasts',
    'e-pasts',
    'e-pasta adrese',
    'epasta adrese',
    'elektroniskais pasts',
    'klienta e-pasts',
    'customer email',
  ],
  first_name: ['first name', 'firstname', 'given name', 'forename', 'vārds'],
  last_name: ['last name', 'lastname', 'surname', 'family name', 'uzvārds'],
  name: ['name', 'full name', 'vārds, uzvārds', 'vārds uzvārds', 'vārds un uzvārds', 'pilns vārds'],
  language: ['language', 'lang', 'locale', 'valoda', 'saziņas valoda'],
  phone: [
    'phone',
    'telephone',
    'phone number',
    'mobile',
    'tālrunis',
    'telefons',
    'tālruņa numurs',
    'mob. tālrunis',
  ],
  city: ['city', 'town', 'pilsēta'],
  birthday: ['birthday', 'date of birth', 'dzimšanas diena', 'dzimšanas datums'],
  company: ['company', 'company name', 'organisation', 'organization', 'uzņēmums', 'firma'],
};

const byHeader = new Map(
  Object.entries(headers).flatMap(([field, names]) => names.map((name) => [simple(name), field] as const)),
);

/** The field that `header` is a known name for, whatever its capitals, accents, hyphens and spaces. */
export function knownField(header: string): string | undefined {
  return byHeader.get(simple(header));
}

function simple(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
