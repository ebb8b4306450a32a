/** Where a loop waits while it is paused. */
export class Gate {
  private waiting: { readonly promise: Promise<void>; open(): void } | null = null;

  get closed(): boolean {
    return this.waiting !== null;
  }

  close(): void {
    if (this.waiting) return;
    let open!: () => void;
    const promise = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.waiting = { promise, open };
  }

  open(): void {
    this.waiting?.open();
    this.waiting = null;
  }

  /** Resolves when the gate is open. */
  passAsync(): Promise<void> {
    return this.waiting?.promise ?? Promise.resolve();
  }
}
