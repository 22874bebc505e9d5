import { render } from 'preact';
import type { HealthKind } from '../../lib/domain/health.ts';
import { HealthMark } from '../HealthMark.tsx';

const healthMarks = new Map<HealthKind, Element>();

/** A copy of the mark of a state, which is drawn once. */
export function healthMarkCopy(kind: HealthKind): Node {
  let mark = healthMarks.get(kind);
  if (mark === undefined) {
    const holder = document.createElement('div');
    render(<HealthMark kind={kind} />, holder);
    mark = holder.firstElementChild ?? holder;
    healthMarks.set(kind, mark);
  }
  return mark.cloneNode(true);
}
