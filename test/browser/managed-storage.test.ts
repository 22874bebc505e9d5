import { describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { onManagedChanged, readManaged } from '../../lib/browser/managed-storage.ts';

describe('managed storage', () => {
  it('is read as it is', async () => {
    vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => ({ viewOnly: true }));
    expect(await readManaged()).toEqual({ viewOnly: true });
  });

  it('says nothing where nobody set anything, as Firefox has it', async () => {
    vi.spyOn(browser.storage.managed, 'get').mockRejectedValue(
      new Error('Managed storage manifest not found'),
    );
    expect(await readManaged()).toEqual({});
  });

  it('says nothing where the browser has no such storage', async () => {
    vi.spyOn(browser, 'storage', 'get').mockReturnValue({} as typeof browser.storage);
    expect(await readManaged()).toEqual({});
  });

  it('is listened to, and no other storage', () => {
    const listeners: ((changes: object, area: string) => void)[] = [];
    vi.spyOn(browser.storage.onChanged, 'addListener').mockImplementation((listener) => {
      listeners.push(listener as (changes: object, area: string) => void);
    });
    let heard = 0;
    onManagedChanged(() => {
      heard += 1;
    });
    for (const area of ['local', 'managed', 'sync']) listeners[0]?.({}, area);
    expect(heard).toBe(1);
  });
});
