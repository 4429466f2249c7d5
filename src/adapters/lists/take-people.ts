import type { DatabaseSync } from 'node:sqlite';
import { idIndex } from '../../audience/id-index.ts';
import type { PutResult } from '../../audience/import-counts.ts';
import { outcomeCounter } from '../../audience/import-counts.ts';
import type { Blocks } from './blocks.ts';
import type { ImportTarget, Taker } from './import-target.ts';
import { knownPeople } from './known-people.ts';
import { namedLines } from './named-lines.ts';
import { openBlocks } from './open-blocks.ts';
import { arranger, rowText } from './row-text.ts';

/** Takes the people of a file into a list. Who is new is written behind the others, block by block. */
export function takePeople(database: DatabaseSync, blocks: Blocks, target: ImportTarget): Taker {
  const { list, importId } = target;
  const counter = outcomeCounter<PutResult>(['added', 'updated', 'unchanged', 'duplicate']);
  const index = idIndex(blocks.ids(list));
  const before = index.size;
  const named = namedLines();
  const rows = arranger(target);
  const open = openBlocks(blocks, list, index);
  const known = knownPeople({ before, open, updated: rows.updated, count: counter.add });
  return {
    identify(person) {
      const place = known.next(person.address.mailbox);
      return place === undefined
        ? { id: target.idOf(person.address.key), person }
        : { id: index.at(place), person, place };
    },
    put(people) {
      for (const { id, person, place = index.place(id) } of people) {
        if (!named.add(place, person.line)) counter.add('duplicate', person.line);
        else if (place < before) known.meet(place, rowText(person), person.line);
        else {
          counter.add('added', person.line);
          open.append(rows.added(rowText(person)), place);
        }
      }
    },
    finish() {
      known.settle();
      open.writeAll();
      named.write(database, list, importId);
      return counter.outcomes();
    },
  };
}
