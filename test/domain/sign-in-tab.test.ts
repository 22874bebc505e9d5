import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../lib/domain/errors.ts';
import { mayGoOnInTab } from '../../lib/domain/sign-in-tab.ts';

const failed = (code: ErrorCode) => ({ kind: 'failed', code, detail: null }) as const;

describe('a tab is offered', () => {
  it.each(['window-missing', 'window-failed', 'window-page-failed', 'window-stuck'] as const)(
    'after %s',
    (code) => expect(mayGoOnInTab({ state: failed(code) })).toBe(true),
  );

  it.each(['denied', 'cancelled', 'state-mismatch', 'offline', 'client-rejected'] as const)(
    'not after %s, which a tab would not change',
    (code) => expect(mayGoOnInTab({ state: failed(code) })).toBe(false),
  );

  it('not after an attempt in a tab', () => {
    expect(mayGoOnInTab({ state: failed('window-failed'), isInTab: true })).toBe(false);
  });

  it('not while one runs, nor after one that was cancelled', () => {
    expect(mayGoOnInTab({ state: { kind: 'waiting' } })).toBe(false);
    expect(mayGoOnInTab({ state: { kind: 'cancelled' } })).toBe(false);
  });
});
