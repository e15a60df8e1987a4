import type { StarterBadge } from "./types.js";

export const starterBadges: readonly StarterBadge[] = [
  { code: "first-topic", name: "First Step", description: "Finished a first topic.", rarity: "common", criteria: { kind: "topics_completed", count: 1 } },
  { code: "first-course", name: "Course Finisher", description: "Completed a first course.", rarity: "common", criteria: { kind: "courses_completed", count: 1 } },
  { code: "five-courses", name: "Steady Learner", description: "Completed five courses.", rarity: "rare", criteria: { kind: "courses_completed", count: 5 } },
  { code: "path-finisher", name: "Road Taken", description: "Completed every milestone of a career path.", rarity: "epic", criteria: { kind: "career_paths_completed", count: 1 } },
  { code: "week-of-learning", name: "Week of Learning", description: "Kept a streak of seven active days.", rarity: "common", criteria: { kind: "streak_days", count: 7 } },
  { code: "month-of-learning", name: "Month of Learning", description: "Kept a streak of thirty active days.", rarity: "rare", criteria: { kind: "streak_days", count: 30 } },
  { code: "hundred-days", name: "Hundred Days", description: "Kept a streak of a hundred active days.", rarity: "epic", criteria: { kind: "streak_days", count: 100 } },
  { code: "around-the-sun", name: "Around the Sun", description: "Kept a streak of three hundred and sixty-five active days.", rarity: "legendary", criteria: { kind: "streak_days", count: 365 } },
];
