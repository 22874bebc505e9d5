import type { Ports } from './ports.ts';

/** Pages read everything again: whatever is kept may be another now. */
export function announceEverything(ports: Pick<Ports, 'announce'>): void {
  const kinds = [
    'connections',
    'authorizations',
    'providers',
    'settings',
    'deletions',
    'views',
    'tags',
    'repair',
    'flows',
    'activity',
    'network',
    'quarantine',
  ] as const;
  ports.announce({ kinds, checking: null });
}
