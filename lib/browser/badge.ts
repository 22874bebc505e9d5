import { browser } from 'wxt/browser';
import type { HealthCounts } from '../domain/connection.ts';
import type { BadgeFace } from '../domain/notice.ts';
import { summaryWords } from '../domain/words.ts';
import { say } from './say.ts';

const RED = '#c62828';
const AMBER = '#b26a00';

/** Draws the toolbar's badge, and says the same in the tooltip. */
export async function drawBadge(face: BadgeFace, counts: HealthCounts): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ text: badgeText(face) }),
    browser.action.setBadgeBackgroundColor({ color: face.kind === 'expiring' ? AMBER : RED }),
    browser.action.setTitle({ title: `Patchbay: ${titleOf(face, counts)}` }),
  ]);
}

function titleOf(face: BadgeFace, counts: HealthCounts): string {
  return face.kind === 'lost'
    ? say({ key: 'lost_title' })
    : summaryWords(counts).map(say).join(' · ');
}

/** At most four characters fit. */
export function badgeText(face: BadgeFace): string {
  switch (face.kind) {
    case 'none':
      return '';
    case 'lost':
      return '!';
    case 'expiring':
      return '•';
    case 'reconnect':
      return face.count > 999 ? '999+' : String(face.count);
  }
}
