/** Offers a text as a download, under a name. */
export type SaveFile = (name: string, type: string, text: string) => void;

/** How long a browser is given to begin a download before its address goes. */
const ADDRESS_LIFE_MS = 60_000;

export const CSV_TYPE = 'text/csv;charset=utf-8';

/** A name that says of which day the file is. @param end with its dot */
export function datedName(stem: string, now: number, end: string): string {
  return `${stem}-${new Date(now).toISOString().slice(0, 10)}${end}`;
}

export const saveFile: SaveFile = (name, type, text) => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), ADDRESS_LIFE_MS);
};
