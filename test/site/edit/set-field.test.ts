import { describe, expect, it } from 'vitest';
import { parseAssignment } from '../../../src/site/edit/field-path.ts';
import { setField } from '../../../src/site/edit/set-field.ts';

const set = (fields: string, ...assignments: string[]) =>
  assignments
    .reduce((text, one) => setField(text, 'p.md', parseAssignment(one)), `---\n${fields}---\nBody\n`)
    .replace(/^---\n/, '')
    .replace(/---\nBody\n$/, '');

describe('setting a field keeps the way it is written', () => {
  it.each([
    ['plain', 'a: old # note\n', 'a=new', 'a: new # note\n'],
    ['single quotes', "a: 'old'\n", "a=it's", "a: 'it''s'\n"],
    ['double quotes', 'a: "old"\n', 'a=say "hi"', 'a: "say \\"hi\\""\n'],
    ['a number as it was typed', 'a: 3.20\n', 'a=4.50', 'a: 4.50\n'],
    ['a text that looks like a number', 'a: "010"\n', 'a=020', 'a: "020"\n'],
    ['a plain text that would become a number', 'a: old\n', 'a=12', "a: '12'\n"],
    ['a plain text that would become a comment', 'a: old\n', 'a=x # y', "a: 'x # y'\n"],
    ['a plain text with a colon', 'a: old\n', 'a=Now: more', "a: 'Now: more'\n"],
    ['a plain text that holds a reference', 'a: old\n', 'a=A,*^', "a: 'A,*^'\n"],
    ['a plain text that older YAML takes for a number', 'a: old\n', 'a=12:30', "a: '12:30'\n"],
    ['a new text that older YAML takes for false', 'a: x\n', 'b=off', "a: x\nb: 'off'\n"],
    ['a new text that begins like a reference', 'a: x\n', 'b=*x', 'a: x\nb: "*x"\n'],
    ['yes and no', 'draft: true\n', 'draft=no', 'draft: false\n'],
    ['a folded text', 'a: >-\n  old\n  text\nb: 1\n', 'a=new words', 'a: >-\n  new words\nb: 1\n'],
    ['a literal text at the end', 'a: |-\n    old\n', 'a=new', 'a: |-\n  new\n'],
    ['a plain text over several lines', 'a: one\n  two\nb: 1\n', 'a=new', 'a: new\nb: 1\n'],
    ['an empty value before a comment', 'a: # note\n', 'a=new', 'a: new # note\n'],
    ['a list in brackets', 'tags: [x, y] # t\n', 'tags=a, b', 'tags: [a, b] # t\n'],
    ['a list of lines', 'tags:\n  - x\nb: 1\n', 'tags=a,b', 'tags:\n  - a\n  - b\nb: 1\n'],
    ['a mapping in braces', 'a: {x: 1, y: two}\n', 'a.y=three, four', "a: {x: 1, y: 'three, four'}\n"],
    ['a new field in braces', 'a: {x: 1}\n', 'a.z=new', 'a: {x: 1, z: new}\n'],
    ['a new field in a list entry', 'a:\n- x: 1\n# end\n', 'a[0].y=2', 'a:\n- x: 1\n  y: 2\n# end\n'],
    ['a new list entry', 'a:\n  - x: 1\nb: 2\n', 'a[1].x=2', 'a:\n  - x: 1\n  - x: 2\nb: 2\n'],
    ['a new group', 'a: 1\n', 'b.c.d=x', 'a: 1\nb:\n  c:\n    d: x\n'],
    ['a telephone number', 'a: 1\n', 'phone=+371 20000000', 'a: 1\nphone: +371 20000000\n'],
  ])('%s', (_, before, assignment, after) => {
    expect(set(before, assignment)).toBe(after);
  });

  it('makes fields where a page has none', () => {
    expect(setField('Only text.\n', 'p.md', parseAssignment('title=New'))).toBe(
      '---\ntitle: New\n---\n\nOnly text.\n',
    );
    expect(setField('---\n---\nText.\n', 'p.md', parseAssignment('title=New'))).toBe(
      '---\ntitle: New\n---\nText.\n',
    );
  });

  it('does not change a value through a reference that others share', () => {
    const text = '---\na: &x {k: 1}\nb: *x\n---\n';
    expect(() => setField(text, 'p.md', parseAssignment('a.k=2'))).toThrow('shared with another field');
    expect(setField(text, 'p.md', parseAssignment('c=2'))).toBe('---\na: &x {k: 1}\nb: *x\nc: 2\n---\n');
  });
});
