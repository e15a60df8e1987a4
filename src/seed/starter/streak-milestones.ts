import type { StarterStreakMilestone } from "./types.js";

/** Lengths in active days; later years repeat the last one by rule. */
export const starterStreakMilestones: readonly StarterStreakMilestone[] = [
  { days: 3, title: "Three in a row", pointsReward: 10, freezeReward: 0, badgeCode: null },
  { days: 7, title: "One whole week", pointsReward: 25, freezeReward: 0, badgeCode: "week-of-learning" },
  { days: 14, title: "A fortnight strong", pointsReward: 50, freezeReward: 0, badgeCode: null },
  { days: 30, title: "A month of learning", pointsReward: 100, freezeReward: 0, badgeCode: "month-of-learning" },
  { days: 50, title: "Fifty days on", pointsReward: 150, freezeReward: 0, badgeCode: null },
  { days: 100, title: "The first hundred", pointsReward: 300, freezeReward: 0, badgeCode: "hundred-days" },
  { days: 200, title: "Two hundred and counting", pointsReward: 500, freezeReward: 0, badgeCode: null },
  { days: 365, title: "Once around the sun", pointsReward: 1000, freezeReward: 0, badgeCode: "around-the-sun" },
];
