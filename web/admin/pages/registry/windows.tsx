export function WindowsPage() {
  return <p>WindowsPage</p>;
}
