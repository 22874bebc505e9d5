import type { VNode } from 'preact';
import { t } from '../../lib/client/translate.ts';
import { flowAddress, type Flow } from '../../lib/domain/flow.ts';

/** The way to where a flow runs, opened by the person's click alone. */
export function FlowLink({ flow: { name, address } }: { readonly flow: Flow }): VNode | null {
  // Looked at again: nothing but a web address shall ever be clicked.
  const href = address === null ? null : flowAddress(address);
  if (href === null) return null;
  const { host } = new URL(href);
  return (
    <a
      class="one-line flow-address"
      href={href}
      target="_blank"
      rel="noreferrer"
      title={href}
      aria-label={t('flow_open_named', name, host)}
    >
      <bdi>{host}</bdi>
    </a>
  );
}
