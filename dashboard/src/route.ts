import { useEffect, useState } from "preact/hooks";

/** Where in the page somebody is; it stands behind the # of the address, so that it can be kept and sent. */
export type Route =
  | { screen: "home" }
  | { screen: "teach" }
  | { screen: "learn" }
  | { screen: "course"; id: string; topicId: string | undefined; quizId: string | undefined };

export const hrefOf = {
  teach: "#/teach",
  learn: "#/learn",
  course: (id: string) => `#/courses/${id}`,
  topic: (courseId: string, id: string) => `#/courses/${courseId}/topics/${id}`,
  quiz: (courseId: string, id: string) => `#/courses/${courseId}/quizzes/${id}`,
};

export function routeOf(hash: string): Route {
  const [screen, id, part, partId] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (screen === "teach" || screen === "learn") return { screen };
  if (screen === "courses" && id) {
    return { screen: "course", id, topicId: part === "topics" ? partId : undefined, quizId: part === "quizzes" ? partId : undefined };
  }
  return { screen: "home" };
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const changed = () => setRoute(routeOf(location.hash));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}
