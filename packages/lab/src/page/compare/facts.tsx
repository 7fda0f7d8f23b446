import type { VNode } from 'preact';
import { factRows } from '../../html/facts.js';
import { all } from './curves.js';

/** What is known of each activation, with its source. */
export function Facts(): VNode {
  return (
    <div class="cards">
      {all.value.map(({ activation: { spec, label, bound }, color }) => {
        const { formula, origin, notes, facts } = bound.definition;
        return (
          <article class="card" key={spec} style={{ borderTop: `3px solid var(--c-${color})` }}>
            <h4>{label}</h4>
            <p class="formula">{formula}</p>
            {facts ? (
              <dl>
                {factRows(facts(bound.parameters)).map(([name, value]) => (
                  <>
                    <dt key={name}>{name}</dt>
                    <dd>{value}</dd>
                  </>
                ))}
              </dl>
            ) : (
              <p class="soft">Of a formula of your own only its values are known.</p>
            )}
            {origin ? (
              <p>
                <a href={origin.paper.url} rel="noopener">
                  {origin.paper.authors}: {origin.paper.title}
                </a>{' '}
                ({origin.year}){origin.usedBy.length > 0 ? `; used by ${origin.usedBy.join(', ')}` : ''}
              </p>
            ) : null}
            {notes?.map((note) => (
              <p class="soft" key={note}>
                {note}
              </p>
            ))}
          </article>
        );
      })}
    </div>
  );
}
