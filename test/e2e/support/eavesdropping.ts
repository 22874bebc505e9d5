/**
 * Runs inside the extension: makes audible what it says, so that a test can look for secrets in it.
 * Each function is carried over as text and must stand on its own.
 */

/** The name under which {@link eavesdropOnPage} finds the test. */
export const EAR = 'patchbayTestEar';

/** In every page of the extension, before its own scripts: replies and broadcasts. */
export function eavesdropOnPage(ear: string): void {
  if (location.protocol !== 'chrome-extension:') return;
  // No listener of messages: a second one would take part in answering them.
  type Runtime = { sendMessage: (...given: unknown[]) => unknown };
  const spaces = globalThis as unknown as Record<string, { runtime?: Runtime } | undefined>;
  const hear = Reflect.get(globalThis, ear) as (where: string, text: string) => void;
  const tell = (where: string, value: unknown) => hear(where, JSON.stringify(value) ?? '');
  const runtimes = new Set([spaces['chrome']?.runtime, spaces['browser']?.runtime]);
  for (const runtime of runtimes) {
    if (runtime === undefined) continue;
    const send = runtime.sendMessage.bind(runtime);
    runtime.sendMessage = (...given) => {
      const last = given.at(-1);
      if (typeof last === 'function')
        given[given.length - 1] = (reply: unknown) => {
          tell('reply', reply);
          return (last as (reply: unknown) => unknown)(reply);
        };
      const answer = send(...given);
      if (answer instanceof Promise)
        answer.then((reply) => tell('reply', reply)).catch(() => undefined);
      return answer;
    };
  }
  const channel = new BroadcastChannel('patchbay-changes');
  channel.addEventListener('message', (event) => tell('broadcast', event.data));
}

/** In the worker: what it shows is also said on its console, which the test reads. Once is enough. */
export function eavesdropOnWorker(): void {
  type Shower = Record<string, (...given: unknown[]) => unknown>;
  const spaces = globalThis as unknown as Record<string, Record<string, Shower> | undefined>;
  const shown = [
    ['notifications', 'create'],
    ['notifications', 'update'],
    ['action', 'setBadgeText'],
    ['action', 'setTitle'],
    ['alarms', 'create'],
    ['tabs', 'create'],
  ] as const;
  for (const [area, name] of shown) {
    for (const shower of new Set([spaces['chrome']?.[area], spaces['browser']?.[area]])) {
      const show = shower?.[name];
      if (shower === undefined || show === undefined || 'isHeard' in show) continue;
      const heard = (...given: unknown[]) => {
        console.debug(`${area}.${name}`, JSON.stringify(given));
        return show.apply(shower, given);
      };
      shower[name] = Object.assign(heard, { isHeard: true });
    }
  }
}

/** In a page of the extension: everything that it shows and everything that the browser keeps for us. */
export async function readEverything(): Promise<[where: string, text: string][]> {
  const texts: [string, string][] = [['page', document.documentElement.outerHTML]];
  texts.push(['page address', location.href], ['page title', document.title]);
  for (const storage of [localStorage, sessionStorage])
    texts.push(['web storage', JSON.stringify({ ...storage })]);
  texts.push(['caches', JSON.stringify(await caches.keys())]);
  texts.push(['cookies', document.cookie]);
  const bytesOf = (value: ArrayBuffer | Uint8Array) =>
    String.fromCharCode(...new Uint8Array(value as ArrayBuffer));
  const spell = (_: string, value: unknown) => {
    if (value instanceof ArrayBuffer || value instanceof Uint8Array) return bytesOf(value);
    if (value instanceof CryptoKey) return `key, extractable: ${value.extractable}`;
    return value;
  };
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const reading = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([
        settled(reading.getAllKeys()),
        settled(reading.getAll()),
      ]);
      texts.push([`records of ${name}/${store}`, JSON.stringify([keys, values], spell)]);
    }
    database.close();
  }
  return texts;
}
