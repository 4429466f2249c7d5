export { checkPublish, checkSend, type PublishRequest, type RuledClient, type SendRequest } from './gate.ts';
export { isOpen, nextOpening, type WindowRule } from './window.ts';
export { policySentences } from './words.ts';
