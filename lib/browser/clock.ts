import type { Send } from '../domain/exchange.ts';
import { clockOff } from '../domain/network.ts';

export interface Clock {
  /** Sends, and listens to what answers say of the time. */
  readonly listen: (send: Send) => Send;
  /** How far our clock is ahead, where it is far off. */
  readonly off: () => number | null;
}

/** Compares our clock with the `Date` of answers (RFC 9110 §6.6.1) that were asked for anyway. */
export function openClock(now: () => number): Clock {
  const byHost = new Map<string, number>();
  return {
    listen: (send) => async (request) => {
      const answer = await send(request);
      const date = answer.kind === 'answer' ? Date.parse(answer.headers.get('date') ?? '') : NaN;
      if (answer.kind === 'answer' && Number.isFinite(date)) {
        // An answer out of a cache is as old as it says.
        const age = Number(answer.headers.get('age') ?? 0) * 1000 || 0;
        byHost.set(new URL(request.url).host, now() - answer.tookMs / 2 - date - age);
      }
      return answer;
    },
    off: () => clockOff([...byHost].map(([host, offMs]) => ({ host, offMs }))),
  };
}
