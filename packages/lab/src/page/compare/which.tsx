import type { VNode } from 'preact';
import { CodeBlock } from '../figure/figure.js';
import { which } from '../state/state.js';
import { codeFor, configAddress, type Match, MODELS, whichActivation } from './lookup.js';

const WORDS = {
  none: 'the exact form, x·Φ(x)',
  tanh: 'the tanh form',
  sigmoid: 'the sigmoid form, x·σ(1.702·x)',
} as const;

/** Type a name, a model, or paste a configuration: which function it is, in five frameworks. */
export function Which(): VNode {
  let found: Match[] = [];
  let problem = '';
  try {
    found = whichActivation(which.value);
    if (which.value.trim() !== '' && found.length === 0)
      problem = `Nobody here knows '${which.value.trim().slice(0, 60)}'.`;
  } catch (error) {
    problem = (error as Error).message;
  }
  const kinds = new Map(found.map((match) => [`${match.activation} ${match.form}`, match]));
  return (
    <div class="sub" id="which">
      <h3>Which GELU is mine?</h3>
      <label class="field">
        <span>a name (gelu_new), a model (openai/clip-vit-large-patch14), or a whole config.json</span>
        <textarea
          rows={2}
          spellcheck={false}
          value={which.value}
          onInput={({ currentTarget }) => {
            which.value = currentTarget.value;
          }}
        />
      </label>
      <p role="alert">{problem}</p>
      {found.map((match) => (
        <p key={match.because}>
          <b>{match.activation === 'gelu' ? WORDS[match.form ?? 'none'] : match.activation}</b>: {match.because}.
        </p>
      ))}
      {[...kinds.values()].map((match) =>
        codeFor(match).map(([framework, text]) => (
          <CodeBlock key={`${framework} ${text}`} name={framework} text={text} />
        )),
      )}
      <details>
        <summary>Who uses which form</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">model</th>
                <th scope="col">its config.json</th>
              </tr>
            </thead>
            <tbody>
              {MODELS.map(([model, line]) => (
                <tr key={model}>
                  <td>
                    <a href={`#compare&which=${model}`}>{model}</a>
                  </td>
                  <td>
                    <a href={configAddress(model)} rel="noopener">
                      <code>{line}</code>
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
