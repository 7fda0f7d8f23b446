import type { Signal } from '@preact/signals';
import { studiesHere } from '../evidence/data.js';
import { activations, choice, classedPoints, flag, interval, number, text, whole } from './codec.js';
import { field } from './fields.js';

// The gate.
export const x: Signal<number> = field('x', number(-0.75, -6, 6));
export const std: Signal<number> = field('std', number(1, 0.02, 2));
export const tosses: Signal<number> = field('tosses', whole(0, 0, 10_000));
export const view: Signal<'whole' | 'dip'> = field('view', choice(['whole', 'dip']));

// What is compared, raced and stacked.
export const f: Signal<readonly string[]> = field('f', activations('gelu,relu,elu', 8));
export const own: Signal<string> = field('own', text);
export const hidden: Signal<string> = field('hide', text);
export const range: Signal<readonly [number, number]> = field('range', interval([-5, 5], -1000, 1000));
export const difference: Signal<'absolute' | 'ulp'> = field('diff', choice(['absolute', 'ulp']));
export const quiet: Signal<boolean> = field('quiet', flag());
export const which: Signal<string> = field('which', text);

// The tail.
export const tailType: Signal<'float32' | 'float64'> = field('type', choice(['float32', 'float64']));
export const tailRange: Signal<readonly [number, number]> = field('tail-range', interval([-14, 0], -1000, 1000));

export const auditForm: Signal<'none' | 'tanh' | 'sigmoid'> = field('form', choice(['none', 'tanh', 'sigmoid']));

// Depth.
export const layers: Signal<number> = field('layers', whole(30, 2, 100));
export const units: Signal<'32' | '64' | '128'> = field('units', choice(['32', '64', '128']));
export const init: Signal<'he' | 'xavier' | 'unit' | 'orthogonal'> = field(
  'init',
  choice(['he', 'xavier', 'unit', 'orthogonal']),
);
export const gain: Signal<number> = field('gain', number(1, 0.5, 2));
export const residual: Signal<boolean> = field('residual', flag());
export const normalize: Signal<boolean> = field('norm', flag());

// The race.
export const data: Signal<'moons' | 'spiral' | 'circles' | 'checkerboard'> = field(
  'data',
  choice(['moons', 'spiral', 'circles', 'checkerboard']),
);
export const raceNoise: Signal<number> = field('noise', number(0.1, 0, 0.3));
export const raceLayers: Signal<number> = field('hidden', whole(3, 1, 8));
export const raceWidth: Signal<number> = field('width', whole(12, 2, 32));
export const raceRate: Signal<number> = field('rate', number(0.01, 0.0001, 0.3));
export const raceSeed: Signal<number> = field('seed', whole(1, 1, 100));
export const raceSpeed: Signal<number> = field('speed', whole(2, 1, 50));
export const ownPoints: Signal<readonly (readonly [number, number, number])[]> = field('points', classedPoints(60));
export const ownClass: Signal<'blue' | 'orange'> = field('class', choice(['blue', 'orange']));

// Digits.
export const net: Signal<'paper' | 'transformer'> = field('net', choice(['paper', 'transformer']));
export const learner: Signal<readonly string[]> = field('act', activations('gelu', 1));
export const digitsRate: Signal<number> = field('step-size', number(0.001, 0.00001, 0.1));
export const digitsSeed: Signal<number> = field('net-seed', whole(1, 1, 100));

// Evidence.
export const study: Signal<string> = field('study', {
  initial: '',
  write: (value) => value,
  read: (value) => {
    const names = studiesHere().map(({ name }) => name);
    if (!names.includes(value)) throw new Error(`one of ${names.join(', ')}`);
    return value;
  },
});

// Models.
export const target: Signal<'gelu' | 'microsoft' | 'accurate' | 'decomposed'> = field(
  'to',
  choice(['gelu', 'microsoft', 'accurate', 'decomposed']),
);
