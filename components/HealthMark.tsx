import type { VNode } from 'preact';
import type { HealthKind } from '../lib/domain/health.ts';

/** A health as colour and shape together; its words stand beside it, so it is silent itself. */
export function HealthMark({ kind }: { readonly kind: HealthKind }): VNode {
  return healthMark(kind);
}

/** {@link HealthMark} for the rows of a long list. */
export function healthMark(kind: HealthKind): VNode {
  return (
    <svg class={`health-mark health-${kind}`} viewBox="0 0 12 12" aria-hidden="true">
      {shape(kind)}
    </svg>
  );
}

function shape(kind: HealthKind): VNode {
  switch (kind) {
    case 'unauthorized':
      return (
        <circle
          cx="6"
          cy="6"
          r="4"
          stroke="currentColor"
          stroke-width="1.5"
          stroke-dasharray="2.2 2"
        />
      );
    case 'active':
      return <circle cx="6" cy="6" r="4.5" fill="currentColor" />;
    case 'expiring':
      return (
        <g stroke="currentColor" stroke-width="1.5" stroke-linecap="round">
          <circle cx="6" cy="6" r="4.75" />
          <path d="M6 3.5V6l1.75 1" />
        </g>
      );
    case 'unverified':
      return <circle cx="6" cy="6" r="3.75" stroke="currentColor" stroke-width="1.75" />;
    case 'reconnect':
      return (
        <path
          d="M6 1.5 11 10.5H1Z"
          fill="currentColor"
          stroke="currentColor"
          stroke-width="1.5"
          stroke-linejoin="round"
        />
      );
  }
}
