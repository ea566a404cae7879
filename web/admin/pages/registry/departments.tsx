export function DepartmentsPage() {
  return <p>DepartmentsPage</p>;
}
