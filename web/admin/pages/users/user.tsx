export function UserDrawer() {
  return <p>UserDrawer</p>;
}
