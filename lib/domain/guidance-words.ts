/** How guidance is said. */
import type { Guidance } from './guidance.ts';
import type { Words } from './words.ts';

export function guidanceWords({ kind }: Guidance): Words {
  switch (kind) {
    case 'paused':
      return { key: 'guidance_paused' };
    case 'paused-too':
      return { key: 'guidance_paused_too' };
    case 'not-the-credential':
      return { key: 'guidance_not_the_credential' };
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** That a connection broke again, and how soon after it had been mended. */
export function relapseWords(lastedMs: number): Words {
  return { plural: 'guidance_relapse', count: Math.max(1, Math.ceil(lastedMs / DAY_MS)) };
}
