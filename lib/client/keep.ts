import type { Signal } from '@preact/signals';

/**
 * Gives a signal a small record that was read again. Where it says what is there already, nobody who looks
 * at it is woken.
 */
export function keep<T>(known: Signal<T>, read: T): void {
  if (JSON.stringify(known.peek()) !== JSON.stringify(read)) known.value = read;
}
