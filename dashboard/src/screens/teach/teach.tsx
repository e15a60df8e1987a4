import { Title } from "../../parts/title.js";

export function TeachScreen() {
  return <Title tab="Teach">Teach</Title>;
}
