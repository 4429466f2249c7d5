import { en } from './en.ts';
import { lv } from './lv.ts';
import type { Words } from './words.ts';

const all: readonly Words[] = [en, lv];

/** The words of a language; English where there are none. */
export const wordsFor = (language: string): Words => all.find(({ lang }) => lang === language) ?? en;
