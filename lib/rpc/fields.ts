/** Fields that several procedures ask for. */
import * as v from 'valibot';

export const Id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(200));
/** A name as a person typed it; trimmed and cut here, judged nowhere else. */
export const Name = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200));
