/**
 * What every request of every service passes: it is logged, may meet a fault, and its answer may be
 * held back.
 */
import { answerFault, spoilAnswer, worksFirst, type Fault } from './fault.ts';
import { captureAnswer } from './captured-answer.ts';
import { pathOf, type Handler } from './loopback.ts';
import type { RequestRecorder, ServiceName } from './request-log.ts';

/** The token endpoint can be spoilt apart from the rest of its server. */
export type FaultTarget = Exclude<ServiceName, 'desk'> | 'token';

export interface FaultOptions {
  /** Spoils requests alone whose path begins so; the longest match wins. */
  readonly path?: string;
  /** Goes away by itself after so many requests. */
  readonly times?: number;
}

export interface Hold {
  /** Settles when the service has done the work and its answer is being held. */
  readonly reached: Promise<void>;
  /** Lets the answer go. */
  release(): void;
}

export interface Traffic {
  setFault(target: FaultTarget, fault: Fault | null, options?: FaultOptions): void;
  /** The fault that a whole target has now (not one of a path). */
  faultOf(target: FaultTarget): Fault | null;
  holdNext(target: FaultTarget, pathPrefix?: string): Hold;
  /** Takes every fault away and lets every held answer go. */
  reset(): void;
  /** Puts logging, faults and holds before a service's own work. */
  guard(service: ServiceName, work: Handler): Handler;
}

interface SetFault {
  readonly target: FaultTarget;
  readonly path: string;
  readonly fault: Fault;
  left: number;
}

interface SetHold {
  readonly target: FaultTarget;
  readonly pathPrefix: string;
  readonly reach: () => void;
  readonly released: Promise<void>;
  readonly release: () => void;
}

/** @param onAddress told the whole address and referrer of each request, as they came */
export function createTraffic(
  log: RequestRecorder,
  onAddress: (address: string) => void = () => {},
): Traffic {
  let faults: SetFault[] = [];
  let waiting: SetHold[] = [];
  const holding = new Set<SetHold>();

  function takeFault(service: ServiceName, path: string): Fault | null {
    const met = faults
      .filter((one) => covers(one.target, service, path) && path.startsWith(one.path))
      .toSorted(
        (a, b) =>
          Number(b.target === 'token') - Number(a.target === 'token') ||
          b.path.length - a.path.length,
      )[0];
    if (!met) return null;
    met.left -= 1;
    if (met.left <= 0) faults = faults.filter((one) => one !== met);
    return met.fault;
  }

  function takeHold(service: ServiceName, path: string): SetHold | null {
    const met = waiting.find(
      (one) => covers(one.target, service, path) && path.startsWith(one.pathPrefix),
    );
    if (!met) return null;
    waiting = waiting.filter((one) => one !== met);
    holding.add(met);
    void met.released.then(() => holding.delete(met));
    return met;
  }

  return {
    setFault(target, fault, { path = '/', times = Infinity } = {}) {
      const isReplaced = (one: SetFault) =>
        one.target === target && (one.path === path || (fault === null && path === '/'));
      faults = faults.filter((one) => !isReplaced(one));
      if (fault) faults.push({ target, path, fault, left: times });
    },
    faultOf: (target) =>
      faults.find((one) => one.target === target && one.path === '/')?.fault ?? null,
    holdNext(target, pathPrefix = '/') {
      const reached = signal();
      const released = signal();
      waiting.push({
        target,
        pathPrefix,
        reach: reached.fire,
        released: released.fired,
        release: released.fire,
      });
      return { reached: reached.fired, release: released.fire };
    },
    reset() {
      faults = [];
      waiting = [];
      for (const one of holding) one.release();
    },
    guard: (service, work) => async (request, response) => {
      log.record(service, request, response);
      onAddress(`${service} ${request.url ?? ''} ${request.headers.referer ?? ''}`);
      const path = pathOf(request);
      const fault = takeFault(service, path);
      if (fault && !worksFirst(fault)) {
        answerFault(fault, response);
        return;
      }
      const hold = takeHold(service, path);
      if (!fault && !hold) {
        await work(request, response);
        return;
      }
      const answer = await captureAnswer(response, () => work(request, response));
      hold?.reach();
      await hold?.released;
      if (fault) await spoilAnswer(fault, answer, response);
      else answer.send();
    },
  };
}

function covers(target: FaultTarget, service: ServiceName, path: string): boolean {
  if (target === 'token') return service === 'authorisation' && path === '/token';
  return target === service;
}

function signal(): { fired: Promise<void>; fire: () => void } {
  let fire = () => {};
  const fired = new Promise<void>((resolve) => {
    fire = resolve;
  });
  return { fired, fire: () => fire() };
}
