/** What is done from a page of the extension; each function is carried over into it as text. */

declare const chrome: {
  readonly runtime: { sendMessage(message: object): Promise<Reply | undefined> };
};

type Reply = { readonly ok: true; readonly output: unknown } | { readonly ok: false };

export interface Asked {
  readonly procedure: string;
  readonly input: unknown;
}

/**
 * Calls a procedure of the background.
 * @returns its output, and how long the page waited for it, milliseconds
 */
export async function ask({
  procedure,
  input,
}: Asked): Promise<{ readonly output: unknown; readonly tookMs: number }> {
  const startedAt = performance.now();
  const reply = await chrome.runtime.sendMessage({ patchbay: 'call', procedure, input });
  const tookMs = performance.now() - startedAt;
  if (reply?.ok !== true) throw new Error(`${procedure}: ${JSON.stringify(reply)}`);
  return { output: reply.output, tookMs };
}

/** Connects, and waits until the first connection of all is written. */
export async function connectFirst(input: object): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('patchbay');
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
  });
  const changes = new BroadcastChannel('patchbay-changes');
  const written = new Promise<void>((resolve) => {
    changes.addEventListener('message', () => {
      const count = db.transaction('connections').objectStore('connections').count();
      count.addEventListener('success', () => {
        if (count.result > 0) resolve();
      });
    });
  });
  const message = { patchbay: 'call', procedure: 'connect', input };
  const reply = await chrome.runtime.sendMessage(message);
  if (reply?.ok !== true) throw new Error(JSON.stringify(reply));
  await written;
  changes.close();
  db.close();
}

export interface Copies {
  readonly count: number;
  /** Checks that each connection has behind it. */
  readonly history: number;
}

/**
 * Makes many connections out of the only one that there is, each with a credential of its own, sealed
 * under the vault's own key as `lib/store/vault.ts` does it.
 */
export async function copyConnection({ count, history }: Copies): Promise<void> {
  const open = (name: string): Promise<IDBDatabase> =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.addEventListener('success', () => resolve(opening.result));
      opening.addEventListener('error', () => reject(opening.error ?? new Error(name)));
    });
  const read = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('not read')));
    });
  const keys = await open('patchbay-vault');
  const key: CryptoKey = await read(keys.transaction('keys').objectStore('keys').get('vault'));
  keys.close();
  const db = await open('patchbay');
  const tx = db.transaction(['connections', 'checks']);
  const [connection] = await read(tx.objectStore('connections').getAll());
  const [check] = await read(tx.objectStore('checks').getAll());

  const encoder = new TextEncoder();
  const seal = async (id: string, token: string) => {
    const name = `credential:${id}`;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: encoder.encode(name) },
      key,
      encoder.encode(JSON.stringify({ kind: 'bearer', token: { $secret: token } })),
    );
    return { id: name, iv, sealed };
  };
  const now = Date.now();
  const copies = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const id = at === 0 ? connection.id : crypto.randomUUID();
      const token = `bench-${at}`;
      return {
        connection: {
          ...connection,
          id,
          name: `Connection ${at}`,
          sortName: `connection ${String(at).padStart(10, '0')}`,
          identity: { id: token, label: `${token}@people.example`, workspace: null },
          nextCheckAt: 1 + at,
        },
        secret: await seal(id, token),
      };
    }),
  );
  await new Promise<void>((resolve, reject) => {
    const write = db.transaction(['connections', 'checks', 'kept', 'secrets'], 'readwrite');
    write.addEventListener('complete', () => resolve());
    write.addEventListener('abort', () => reject(write.error ?? new Error('not written')));
    for (const copy of copies) {
      write.objectStore('connections').put(copy.connection);
      write.objectStore('secrets').put(copy.secret);
      for (let age = 1; age <= history; age += 1) {
        const record = { ...check, connectionId: copy.connection.id, at: now - age * 900_000 };
        write.objectStore('checks').put(record);
      }
    }
    const { environmentId, health } = connection;
    const none = { unauthorized: 0, active: 0, expiring: 0, unverified: 0, reconnect: 0 };
    const counts = { ...none, [health.kind]: count };
    write.objectStore('kept').put({ byEnvironment: { [environmentId]: counts } }, 'totals');
  });
  db.close();
}

/** Makes every connection due again. @returns how many there are */
export async function makeDue(): Promise<number> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('patchbay');
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
  });
  const count = await new Promise<number>((resolve, reject) => {
    const tx = db.transaction('connections', 'readwrite');
    const store = tx.objectStore('connections');
    const all = store.getAll();
    all.addEventListener('success', () => {
      for (const [at, one] of all.result.entries()) store.put({ ...one, nextCheckAt: 1 + at });
    });
    tx.addEventListener('complete', () => resolve(all.result.length));
    tx.addEventListener('abort', () => reject(tx.error ?? new Error('not written')));
  });
  db.close();
  return count;
}

/** How many connections were vouched for since then. */
export async function vouchedSince(since: number): Promise<number> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('patchbay');
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
  });
  const all = await new Promise<{ health: { kind: string; verifiedAt?: number } }[]>((resolve) => {
    const request = db.transaction('connections').objectStore('connections').getAll();
    request.addEventListener('success', () => resolve(request.result));
  });
  db.close();
  return all.filter(({ health }) => health.kind === 'active' && (health.verifiedAt ?? 0) >= since)
    .length;
}
