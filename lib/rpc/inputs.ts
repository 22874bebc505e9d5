/** What many procedures are asked with. */
import * as v from 'valibot';

export const Nothing = v.object({});
export const Id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(200));
/** Of connections; more than anybody has. */
export const Ids = v.pipe(v.array(Id), v.maxLength(100_000));
/** A name as a person typed it; trimmed and cut here, judged nowhere else. */
export const Name = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200));
