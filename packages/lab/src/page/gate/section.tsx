import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { animate } from '../animate.js';
import { Row, SignalSlider, Slider } from '../controls.js';
import { fixed, short } from '../format.js';
import { Section } from '../section.js';
import { still } from '../state/environment.js';
import { std, tosses, view, x } from '../state/state.js';
import { Distance, GateFigure } from './figure.js';

const MOST = 10_000;

export function GateSection(): VNode {
  return (
    <Section
      id="gate"
      title="A gate that x opens itself"
      lead={
        <p>
          GELU keeps x with the probability that a draw from a bell curve falls below it: <b>x·Φ(x)</b>. The larger x,
          the surer it passes. Drag the point, or use the arrow keys.
        </p>
      }
      figure={GateFigure}
      controls={<GateControls />}
    >
      <Distance />
      <p>
        ReLU decides by the sign alone and jumps from slope 0 to 1. GELU asks how x compares with all others: what a
        typical input would beat is let through in part. Make the bell narrow, and the question becomes “is x above 0?”:
        ReLU. Below 0 the curve dips, down to −0.17 at −0.75, and comes back: the only part where more x means less
        output.
      </p>
    </Section>
  );
}

function GateControls(): VNode {
  const stop = useRef<() => void>(() => {});
  const tossing = useSignal(false);
  const halt = (): void => {
    stop.current();
    tossing.value = false;
  };
  const toss = (): void => {
    if (tossing.value) {
      halt();
      return;
    }
    const from = tosses.peek() >= MOST ? 0 : tosses.peek();
    tosses.value = from + 1;
    // As stills: one more power of ten at each press.
    if (still.peek()) {
      tosses.value = from === 0 ? 1 : Math.min(MOST, 10 * from);
      return;
    }
    tossing.value = true;
    const timer = setInterval(() => {
      tosses.value = Math.min(MOST, tosses.value + Math.ceil(tosses.value / 12));
      if (tosses.value >= MOST) halt();
    }, 60);
    stop.current = () => clearInterval(timer);
  };
  const harden = (): void => {
    halt();
    const [from, to] = std.peek() < 0.1 ? [0.02, 1] : [std.peek(), 0.02];
    stop.current = animate(2200, (share) => {
      std.value = Number((from * (to / from) ** share).toPrecision(3));
    });
  };
  return (
    <>
      <Row>
        <SignalSlider label="x" value={x} low={-6} high={6} text={(v) => fixed(v, 2)} />
        <Slider
          label="width of the bell"
          value={std.value}
          low={0.02}
          high={2}
          log
          text={(v) => short(v, 2)}
          onChange={(v) => {
            halt();
            std.value = v;
          }}
        />
      </Row>
      <Row>
        <button type="button" class="main" aria-pressed={tossing.value} onClick={toss}>
          {tossing.value ? 'Stop tossing' : 'Toss the coin'}
        </button>
        {tosses.value > 0 && !tossing.value ? (
          <button
            type="button"
            onClick={() => {
              tosses.value = 0;
            }}
          >
            Clear
          </button>
        ) : null}
        <button type="button" onClick={harden}>
          {std.value < 0.1 ? 'Make it soft' : 'Make it hard'}
        </button>
        <button
          type="button"
          aria-pressed={view.value === 'dip'}
          onClick={() => {
            view.value = view.value === 'dip' ? 'whole' : 'dip';
            if (view.value === 'dip') x.value = Math.min(0.5, Math.max(-3, x.value));
          }}
        >
          The dip
        </button>
      </Row>
    </>
  );
}
