import { readFileSync } from "node:fs";

/** One column of a design and where it went. `field` is a GraphQL coordinate, or says why there is none. */
export interface Mapping {
  design: string;
  table: string;
  column: string;
  /** schema.table.column of the database. */
  unified: string;
  field: string;
}

const source = new URL("../../docs/data-map.tsv", import.meta.url);

export function readDataMap(): Mapping[] {
  const [, ...lines] = readFileSync(source, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [design = "", table = "", column = "", unified = "", field = ""] = line.split("\t");
    return { design, table, column, unified, field };
  });
}

/** Types and fields whose capabilities are not built yet. The coverage test fails when one appears. */
export const waiting: readonly string[] = [
  "CareerOutlook", "LabourMarketSnapshot", "LearningSession", "ProgressMetric.learningSession", "User.learningSessions",
  "UserFeedback", "ActivityEvent", "EngagementProfile", "TelemetrySample", "EmotionMetric", "MetaverseSession",
  "User.activity", "User.devices", "User.engagement", "User.dailyLogins", "User.focusMetrics",
  "UserBadge", "User.badges", "User.duels", "Duel", "Leaderboard", "Query.leaderboards",
  "RecommendationImpression", "Recommendation", "LearnerInsights", "Query.analytics", "Query.reportDefinitions",
  "Notification", "NotificationPreference", "User.notifications", "User.notificationPreferences", "Query.notificationTemplates",
  "DiscussionPost", "SocialInteraction", "StudyGroup", "GroupMember", "User.activities", "User.connections", "User.studyGroups", "Query.feed",
  "StudyMaterial", "GeneratedAsset", "ContentChunk", "Interaction", "ChatMessage", "ChatSession",
];

export const isWaiting = (field: string): boolean => waiting.includes(field) || waiting.includes(field.split(".")[0] ?? "");
export const isInternal = (field: string): boolean => field.startsWith("internal");

const designs: Record<string, string> = {
  S0: "Skills framework, careers and roadmaps",
  S1: "AI study materials",
  S2: "Gamification and social",
  S3: "Learner analytics",
  S4: "Courses from documents",
};

/** The data map as a page: a table for each table of each design. */
export function renderDataMap(mappings: readonly Mapping[]): string {
  const lines = [
    "# Data map",
    "",
    "Where every column of the five designs went: the column of the database, and the field of the graph that shows it.",
    "Generated from `data-map.tsv` by `npm run docs:data-map`; a test compares both with the database and the schema.",
  ];
  for (const [design, title] of Object.entries(designs)) {
    lines.push("", `## ${title}`);
    const rows = mappings.filter((mapping) => mapping.design === design);
    for (const [table, columns] of Map.groupBy(rows, (row) => row.table)) {
      lines.push("", `### ${table}`, "", "| Column | Database | Graph |", "|---|---|---|");
      for (const { column, unified, field } of columns) {
        const note = isWaiting(field) ? `${field} (waits for its capability)` : isInternal(field) ? field : `\`${field}\``;
        lines.push(`| ${column === "*" ? "(whole table)" : column} | \`${unified}\` | ${note} |`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}
