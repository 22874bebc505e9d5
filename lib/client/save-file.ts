/** Offers a text as a download, under a name. */
export type SaveFile = (name: string, type: string, text: string) => void;

/** How long a browser is given to begin a download before its address goes. */
const ADDRESS_LIFE_MS = 60_000;

export const saveFile: SaveFile = (name, type, text) => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), ADDRESS_LIFE_MS);
};
