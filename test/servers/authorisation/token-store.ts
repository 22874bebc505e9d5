/**
 * Where the authorisation server keeps sessions, grants and tokens: in memory, without the eviction
 * of the library's own store, and with the questions that tests ask of it.
 */
import type { Adapter, AdapterPayload } from 'oidc-provider';

export interface TokenStore {
  /** For the provider's configuration: one adapter a model. */
  adapter(model: string): Adapter;
  /** How many of the account's grants still have a refresh or access token that works. */
  countLiveGrants(accountId: string): number;
  /** Ends the account's grants with everything issued under them, as its owner would at the provider. */
  revokeGrants(accountId: string): void;
  /** Drops the account's access tokens alone: they are as if expired, the grants live on. */
  dropAccessTokens(accountId: string): void;
  /** Signs everybody out; grants live on. */
  dropSessions(): void;
  /** Every code and token that was ever issued: an opaque token is its own id. */
  issued(): readonly string[];
}

interface Stored {
  readonly model: string;
  readonly id: string;
  readonly payload: AdapterPayload;
}

const SECRET_MODELS = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

export function createTokenStore(): TokenStore {
  const stored = new Map<string, Stored>();
  const issued = new Set<string>();
  const keyOf = (model: string, id: string) => `${model}:${id}`;

  const find = (test: (one: Stored) => boolean) => [...stored.values()].find(test)?.payload;
  function drop(test: (one: Stored) => boolean): void {
    for (const [key, one] of stored) if (test(one)) stored.delete(key);
  }

  return {
    adapter: (model) => ({
      async upsert(id, payload) {
        stored.set(keyOf(model, id), { model, id, payload });
        if (SECRET_MODELS.has(model)) issued.add(id);
      },
      async find(id) {
        return stored.get(keyOf(model, id))?.payload;
      },
      async findByUid(uid) {
        return find((one) => one.model === model && one.payload.uid === uid);
      },
      async findByUserCode(userCode) {
        return find((one) => one.model === model && one.payload.userCode === userCode);
      },
      async consume(id) {
        const payload = stored.get(keyOf(model, id))?.payload;
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        stored.delete(keyOf(model, id));
      },
      async revokeByGrantId(grantId) {
        drop((one) => one.model === model && one.payload.grantId === grantId);
      },
    }),
    countLiveGrants(accountId) {
      const now = Date.now() / 1000;
      const live = [...stored.values()].filter(
        ({ model, payload }) =>
          (model === 'RefreshToken' || model === 'AccessToken') &&
          payload.accountId === accountId &&
          payload.consumed === undefined &&
          (payload.exp ?? Infinity) > now,
      );
      return new Set(live.map(({ payload }) => payload.grantId)).size;
    },
    revokeGrants(accountId) {
      drop(({ model, payload }) => model !== 'Session' && payload.accountId === accountId);
    },
    dropAccessTokens(accountId) {
      drop(({ model, payload }) => model === 'AccessToken' && payload.accountId === accountId);
    },
    dropSessions() {
      drop(({ model }) => model === 'Session');
    },
    issued: () => [...issued],
  };
}
