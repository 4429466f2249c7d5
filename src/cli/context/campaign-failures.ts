import { isSecError, type SecError } from '../../core/errors/index.ts';

/** Failures that the campaign's own files cause; everything else is thrown on. */
const own = /^(FIELD_INVALID|YAML_BROKEN|FRONT_MATTER_|MERGE_|TEMPLATE_|SENDER_MISSING|PICTURE_|SEGMENT_)/;

/** What the work gives, or the failure. @throws failures that others cause */
export async function attempt<T>(work: () => Promise<T>): Promise<T | SecError> {
  try {
    return await work();
  } catch (error) {
    if (isSecError(error) && own.test(error.code)) return error;
    throw error;
  }
}
