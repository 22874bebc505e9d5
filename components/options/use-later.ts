import { useRef } from 'preact/hooks';
import { afterPaint } from '../../lib/client/after-paint.ts';

export interface Later {
  /** Does something for an element at once, instead of whatever waits for it. */
  readonly now: (element: Element, run: () => void) => void;
  /**
   * Does it once what has changed can be seen, instead of whatever waits for the element; at once where
   * nothing stands in it yet, since an empty one has another height.
   */
  readonly put: (element: Element, run: () => void) => void;
}

/** What can wait until a person sees what they have asked for. */
export function useLater(): Later {
  const later = useRef<Later | null>(null);
  later.current ??= createLater();
  return later.current;
}

function createLater(): Later {
  const waiting = new Map<Element, () => void>();
  const runAll = (): void => {
    const all = [...waiting.values()];
    waiting.clear();
    for (const run of all) run();
  };
  return {
    now(element, run) {
      waiting.delete(element);
      run();
    },
    put(element, run) {
      if (element.childElementCount === 0) {
        run();
        return;
      }
      if (waiting.size === 0) afterPaint(runAll);
      waiting.set(element, run);
    },
  };
}
