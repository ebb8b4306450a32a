/**
 * Lets files be dropped on an element, which has the attribute `data-dropping` while one is dragged over it.
 * @param onFile called for each file with its name and what is in it
 * @returns ends it
 */
export function attachDrop(element: HTMLElement, onFile: (name: string, bytes: Uint8Array) => void): () => void {
  const highlight = (on: boolean) => {
    element.toggleAttribute("data-dropping", on);
    element.style.outline = on ? "4px solid #2a9d8f" : "";
    element.style.outlineOffset = on ? "-4px" : "";
  };
  const over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    highlight(true);
  };
  const leave = (event: DragEvent) => {
    // Going over to a child is no leaving.
    if (!element.contains(event.relatedTarget as Node | null)) highlight(false);
  };
  const drop = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    highlight(false);
    for (const file of event.dataTransfer.files) {
      void file.arrayBuffer().then((buffer) => onFile(file.name, new Uint8Array(buffer)));
    }
  };
  element.addEventListener("dragenter", over);
  element.addEventListener("dragover", over);
  element.addEventListener("dragleave", leave);
  element.addEventListener("drop", drop);
  return () => {
    highlight(false);
    element.removeEventListener("dragenter", over);
    element.removeEventListener("dragover", over);
    element.removeEventListener("dragleave", leave);
    element.removeEventListener("drop", drop);
  };
}
