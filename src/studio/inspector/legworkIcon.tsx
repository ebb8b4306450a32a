/** A leg in mid-stride, in the size and colour of the text around it. */
export function LegworkIcon() {
  return (
    <svg
      aria-hidden="true"
      width="1em"
      height="1em"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M9 3 12.5 9 8.5 16.5h3.5" />
      <circle cx="9" cy="3" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="12.5" cy="9" r="1.5" fill="currentColor" stroke="none" />
    </svg>
  );
}
