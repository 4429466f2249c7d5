export { checkPublish, checkSend, type RuledClient } from './gate.ts';
export { isOpen, nextOpening, type WindowRule } from './window.ts';
export { policySentences } from './words.ts';
