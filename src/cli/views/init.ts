export interface InitResult {
  /** As it is reached from where the command was typed; empty for that folder itself. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly timezone: string;
  readonly written: boolean;
}

/** What was begun, and the next two things to type. */
export function initView({ folder, files, timezone, written }: InitResult): string {
  if (!written)
    return `Would be written in ${folder || 'this folder'}: ${files.join(', ')}. Nothing was changed.`;
  return [
    `${folder || 'This folder'} is your workspace now. Time zone: ${timezone} (to change it, edit sec.yaml).`,
    '',
    ...(folder === '' ? [] : [`Go there:                cd ${folder}`]),
    'Add the first business:  sec client add',
  ].join('\n');
}
