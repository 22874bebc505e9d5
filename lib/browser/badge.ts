import { browser } from 'wxt/browser';
import type { HealthCounts } from '../domain/connection.ts';
import type { BadgeFace } from '../domain/notice.ts';
import { errorWords, summaryWords } from '../domain/words.ts';
import { say } from './say.ts';

const RED = '#c62828';
const COLORS: Partial<Record<BadgeFace['kind'], string>> = {
  expiring: '#b26a00',
  locked: '#5f6368',
};

/** Draws the toolbar's badge, and says the same in the tooltip. */
export async function drawBadge(face: BadgeFace, counts: HealthCounts): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ text: badgeText(face) }),
    browser.action.setBadgeBackgroundColor({ color: COLORS[face.kind] ?? RED }),
    browser.action.setTitle({ title: `Patchbay: ${titleOf(face, counts)}` }),
  ]);
}

function titleOf(face: BadgeFace, counts: HealthCounts): string {
  if (face.kind === 'full') return say(errorWords('storage-full'));
  if (face.kind === 'locked') return say({ key: 'locked_title' });
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
    case 'full':
      return '!';
    case 'locked':
      return '–';
    case 'expiring':
      return '•';
    case 'reconnect':
      return face.count > 999 ? '999+' : String(face.count);
  }
}
