import type { Fact } from '../schema.ts';

/** The facts of one definition by the path of the field that they vouch for, with all below it. */
export type Facts = Readonly<Record<string, Fact>>;

const ON = '2026-11-21';

/** Read in the provider's own documentation. */
export const docs = (source: string): Fact => ({ kind: 'docs', source, on: ON });
/** Read in the provider's own code. */
export const sdk = (source: string): Fact => ({ kind: 'sdk', source, on: ON });
/** Seen by others, who say so in public. */
export const thirdParty = (source: string): Fact => ({ kind: 'third-party', source, on: ON });
/** Checked nowhere. A test lists these. */
export const memory = (source: string): Fact => ({ kind: 'memory', source, on: ON });
