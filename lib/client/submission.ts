import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { codeOf, type ErrorCode } from '../domain/errors.ts';

/** What a form asks of the background, and what became of it. */
export interface Submission {
  /** Why the last one failed; `null` while it is under way, and when it went well. */
  readonly problem: ReadonlySignal<ErrorCode | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  /** Nothing happens while one is under way. */
  readonly submit: () => Promise<void>;
}

/**
 * @param run its error is the problem
 * @param showNew where somebody else changed it meanwhile: shows what there is now, before that is
 *   said; its own error is said instead
 */
export function createSubmission(
  run: () => Promise<void>,
  showNew?: () => Promise<void>,
): Submission {
  const runOrShowNew = async (): Promise<void> => {
    try {
      await run();
    } catch (thrown) {
      if (codeOf(thrown) === 'changed-meanwhile') await showNew?.();
      throw thrown;
    }
  };
  const problem = signal<ErrorCode | null>(null);
  const isBusy = signal(false);
  return {
    problem,
    isBusy,
    async submit() {
      if (isBusy.value) return;
      batch(() => {
        isBusy.value = true;
        problem.value = null;
      });
      try {
        await runOrShowNew();
      } catch (thrown) {
        problem.value = codeOf(thrown);
      } finally {
        isBusy.value = false;
      }
    },
  };
}
