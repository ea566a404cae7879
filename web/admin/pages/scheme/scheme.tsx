export function SchemePage() {
  return <p>SchemePage</p>;
}
