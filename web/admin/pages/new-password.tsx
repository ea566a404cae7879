export function NewPasswordPage() {
  return <p>NewPasswordPage</p>;
}
