import { beforeEach, describe, expect, it } from 'vitest';
import { createAddressBar, type Place } from '../../lib/client/address-bar.ts';

let steps: string[];
let afterPaint: (() => void)[];
let changed: () => void;

beforeEach(() => {
  steps = ['#/here'];
  afterPaint = [];
});

const place: Place = {
  location: {
    get hash() {
      return steps.at(-1) ?? '';
    },
    set hash(hash: string) {
      steps.push(hash);
    },
  },
  history: {
    replaceState: (_state, _title, hash) => void steps.splice(-1, 1, String(hash)),
  },
  addEventListener: (_type, listener) => {
    changed = listener;
  },
};

function open() {
  return createAddressBar(place, (run) => void afterPaint.push(run));
}

function paint(): void {
  for (const run of afterPaint.splice(0)) run();
}

describe('the address', () => {
  it('follows what is typed once it can be seen, with the last of it', () => {
    const bar = open();
    bar.replace('#/a');
    bar.replace('#/ab');
    expect([bar.hash(), steps]).toEqual(['#/ab', ['#/here']]);
    paint();
    expect([bar.hash(), steps]).toEqual(['#/ab', ['#/ab']]);
    bar.replace('#/abc');
    paint();
    expect(steps).toEqual(['#/abc']);
  });

  it('keeps what was typed as the step to which "Back" leads', () => {
    const bar = open();
    bar.replace('#/a');
    bar.push('#/elsewhere');
    paint();
    expect(steps).toEqual(['#/a', '#/elsewhere']);
  });

  it('loses nothing that was typed before the browser told of our own step', () => {
    const bar = open();
    const seen: string[] = [];
    bar.onChange(() => seen.push(bar.hash()));
    bar.push('#/elsewhere');
    bar.replace('#/elsewhere?q=a');
    changed();
    paint();
    expect([seen, steps]).toEqual([['#/elsewhere?q=a'], ['#/here', '#/elsewhere?q=a']]);
  });

  it('stays where the person went meanwhile', () => {
    const bar = open();
    const seen: string[] = [];
    bar.onChange(() => seen.push(bar.hash()));
    bar.replace('#/a');
    steps.push('#/typed-by-hand');
    changed();
    paint();
    expect([seen, steps]).toEqual([['#/typed-by-hand'], ['#/here', '#/typed-by-hand']]);
  });
});
