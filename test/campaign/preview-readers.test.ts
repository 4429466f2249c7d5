import { describe, expect, it } from 'vitest';
import { chooseReaders } from '../../src/campaign/preview-readers.ts';

const person = (id: string, first_name: string, city = '') => ({
  id,
  address: `${id}@example.com`,
  key: `${id}@example.com`,
  fields: { first_name, city },
});
const people = [
  person('d', 'Anna', 'Riga'),
  person('a', 'Bo', 'Ogre'),
  person('c', 'Maximiliana Alexandra', 'Daugavpils'),
  person('e', 'Eva', 'Liepāja'),
  person('b', '', ''),
];
const choose = (fields: string[], list = people) => {
  const choice = chooseReaders(fields);
  for (const one of list) choice.see(one);
  return choice.readers().map(({ why, recipient }) => [why, recipient.id]);
};

describe('the readers of a preview', () => {
  it('are anybody, the longest and the shortest names, and whoever has most gaps', () => {
    expect(choose(['first_name', 'city'])).toEqual([
      ['sample', 'e'],
      ['longest', 'c'],
      ['shortest', 'a'],
      ['gaps', 'b'],
    ]);
  });

  it('are the same, however the list is sorted', () => {
    expect(choose(['first_name', 'city'], people.toReversed())).toEqual(choose(['first_name', 'city']));
  });

  it('are one where the mail is the same for everybody, and none of an empty list', () => {
    expect(choose([])).toEqual([['sample', 'e']]);
    expect(choose(['first_name'], [])).toEqual([]);
  });
});
