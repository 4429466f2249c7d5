/** Whether a typed name is the approver's: letters count, not case, marks, full stops or spaces. */
export const isNameOf = (name: string, typed: string): boolean =>
  plain(typed) !== '' && plain(typed) === plain(name);

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\p{M}\p{P}\p{Z}\s]/gu, '')
    .toLowerCase();
