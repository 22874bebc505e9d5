import type { VNode } from 'preact';

/** Drawn on a 16 × 16 grid with a line of 1.5. */
const PATHS = {
  more: 'M8 3.5v.01M8 8v.01M8 12.5v.01',
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.5 10.5 14 14',
} as const;

type IconName = keyof typeof PATHS;

/** A small drawing beside or inside of something that has a name; silent itself. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
