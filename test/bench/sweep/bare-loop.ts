/** What a sweep is measured against. */

export interface BareLoop {
  readonly url: string;
  readonly requests: number;
  /** As many as a browser opens connections to one host. */
  readonly lanes: number;
  /** How many results are written together. */
  readonly batch: number;
}

/**
 * The least that any sweep must do: fetch with the options that Patchbay uses, read, parse, put in
 * batches into a scratch database. Runs in the worker, carried over as text.
 * @returns how long it took, milliseconds
 */
export async function bareLoop({ url, requests, lanes, batch }: BareLoop): Promise<number> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('bench-scratch', 1);
    opening.addEventListener('upgradeneeded', () =>
      opening.result.createObjectStore('results', { keyPath: 'id' }),
    );
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
  });
  const put = (results: readonly object[]): Promise<void> =>
    new Promise((resolve, reject) => {
      const tx = db.transaction('results', 'readwrite', { durability: 'strict' });
      for (const result of results) tx.objectStore('results').put(result);
      tx.addEventListener('complete', () => resolve());
      tx.addEventListener('abort', () => reject(tx.error ?? new Error('not written')));
    });

  const startedAt = performance.now();
  let next = 0;
  let waiting: object[] = [];
  let writing = Promise.resolve();
  const flush = (): void => {
    const results = waiting;
    waiting = [];
    writing = writing.then(() => put(results));
  };
  const lane = async (): Promise<void> => {
    while (next < requests) {
      const id = `bench-${next}`;
      next += 1;
      const response = await fetch(url, {
        headers: { Accept: 'application/json', Authorization: `Bearer ${id}` },
        signal: AbortSignal.timeout(20_000),
        credentials: 'omit',
        redirect: 'manual',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
      const answer: unknown = JSON.parse(await response.text());
      waiting.push({ id, status: response.status, answer, at: Date.now() });
      if (waiting.length >= batch) flush();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  flush();
  await writing;
  const tookMs = performance.now() - startedAt;
  db.close();
  return tookMs;
}
