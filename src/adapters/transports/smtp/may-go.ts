/** Whether the next letter may go out: asked before each one. */
export type MayGo = () => boolean | Promise<boolean>;
