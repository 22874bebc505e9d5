import type { VNode } from 'preact';

/** Drawn like the shared ones, for what this page alone has. */
const PATHS = {
  check: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.3h-2.3',
  rename: 'M10.5 3 13 5.5 6 12.5l-3 .5.5-3ZM9 4.5 11.5 7',
  delete: 'M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4',
  right: 'M6 4l4 4-4 4',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
} as const;

type IconName = keyof typeof PATHS;

export function OptionIcon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
