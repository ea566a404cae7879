export function MyFilePage() {
  return <p>MyFilePage</p>;
}
