const UNKNOWN = '#8a919e';

/** A colour of a definition (`#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`) as `#rrggbb`; grey where it is none. */
export function opaqueColor(color: string): string {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(color)?.[1];
  if (digits === undefined) return UNKNOWN;
  if (digits.length > 4) return `#${digits.slice(0, 6)}`;
  return `#${digits.slice(0, 3).replaceAll(/./g, '$&$&')}`;
}

/** The text colour that is legible on `#rrggbb` (WCAG 2.2, relative luminance). */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  );
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Black and white contrast equally where (L + 0.05)² = 0.05 × 1.05.
  return luminance > 0.179 ? '#000000' : '#ffffff';
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
