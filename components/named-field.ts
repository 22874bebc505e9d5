interface NamedField {
  readonly 'aria-label': string;
  readonly placeholder: string;
  readonly value: string;
  readonly onInput: (event: { readonly currentTarget: HTMLInputElement }) => void;
}

/** What a field carries that has no label beside it: its name stands in it while it is empty. */
export function namedField(name: string, typed: { value: string }): NamedField {
  return {
    'aria-label': name,
    placeholder: name,
    value: typed.value,
    onInput(event) {
      typed.value = event.currentTarget.value;
    },
  };
}
