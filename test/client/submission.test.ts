import { describe, expect, it } from 'vitest';
import { createSubmission } from '../../lib/client/submission.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';

describe('a submission', () => {
  it('is one at a time', async () => {
    let runs = 0;
    let end = (): void => undefined;
    const { isBusy, submit } = createSubmission(
      () =>
        new Promise((resolve) => {
          runs += 1;
          end = resolve;
        }),
    );
    const first = submit();
    await submit();
    expect([runs, isBusy.value]).toEqual([1, true]);
    end();
    await first;
    expect(isBusy.value).toBe(false);
    void submit();
    expect(runs).toBe(2);
  });

  it('keeps why it failed until it is tried again', async () => {
    let isFailing = true;
    const { problem, isBusy, submit } = createSubmission(() =>
      isFailing ? Promise.reject(new PatchbayError('storage-full')) : Promise.resolve(),
    );
    await submit();
    expect([problem.value, isBusy.value]).toEqual(['storage-full', false]);
    isFailing = false;
    await submit();
    expect(problem.value).toBe(null);
  });

  it('shows what somebody else made of it before that is said', async () => {
    const order: (string | null)[] = [];
    const { problem, submit } = createSubmission(
      () => Promise.reject(new PatchbayError('changed-meanwhile')),
      () => Promise.resolve(void order.push('new', problem.value)),
    );
    await submit();
    order.push(problem.value);
    expect(order).toEqual(['new', null, 'changed-meanwhile']);
  });

  it('says that it is gone where there is nothing new to show', async () => {
    const { problem, submit } = createSubmission(
      () => Promise.reject(new PatchbayError('changed-meanwhile')),
      () => Promise.reject(new PatchbayError('not-found')),
    );
    await submit();
    expect(problem.value).toBe('not-found');
  });
});
