import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { plural } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** The cell that says how many flows use a connection, and leads to them; empty until they were read. */
export function FlowCount({ model, connection: { id, name } }: Props): VNode {
  const { flows } = model;
  const count = flows.countOf(id);
  return (
    <td class="cell-flows">
      {count > 0 ? (
        <a
          href={hashOf({ kind: 'flows', connectionId: id })}
          aria-label={plural('flows_of', count, name)}
        >
          {count}
        </a>
      ) : (
        flows.all.value !== null && <span class="quiet">0</span>
      )}
    </td>
  );
}
