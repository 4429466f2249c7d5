const names = ['Ilga', 'Māris', '', 'Kristīne', 'Oskars', 'Sandra', 'Edgars', 'Vija'];

/** The dental practice's own list: eight invented patients, one without a first name. */
export const demoPatients = (): string =>
  [
    'email,first_name,language',
    ...names.map((name, n) => `patient${n + 1}@example.org,${name},${n % 3 === 2 ? 'en' : 'lv'}`),
    '',
  ].join('\n');
