import { bounds } from "../../graphql/bounds.js";
import { type Cells, RefusedRow } from "./cells.js";
import { UnusableFile } from "./records.js";

/** A course as a file tells of it. What a file does not tell is null or empty and stays as it is. */
export interface CourseRecord {
  courseId: string;
  title: string;
  description: string | null;
  nsqfLevel: string | null;
  notionalHours: number | null;
  durationMonths: number | null;
  language: string | null;
  region: string | null;
  /** Name of who offers or awards it. */
  provider: string | null;
  keywords: string[];
  skills: string[];
  metadata: Record<string, unknown>;
}

/** A layout of course files, recognised by its columns in any order. */
export interface CourseFormat {
  name: string;
  columns: readonly string[];
  /** The column that becomes `course_id`. */
  code: string;
  /** @throws {RefusedRow} when the row breaks a rule. */
  read(cells: Cells): CourseRecord;
}

/** Course lists with skills and keywords. */
const courseList: CourseFormat = {
  name: "course list",
  columns: ["course_id", "title", "description", "nsqf_level", "skills", "keywords", "duration_months", "language", "region"],
  code: "course_id",
  read: (cells) => ({
    courseId: cells.required("course_id"),
    title: cells.required("title"),
    description: cells.text("description"),
    nsqfLevel: cells.level("nsqf_level"),
    notionalHours: null,
    durationMonths: cells.whole("duration_months", 1),
    language: cells.text("language"),
    region: cells.text("region"),
    provider: null,
    keywords: cells.list("keywords", /[,;]/),
    skills: skillsOf(cells),
    metadata: {},
  }),
};

function skillsOf(cells: Cells): string[] {
  const skills = cells.list("skills", /;/);
  if (skills.length <= bounds.courseSkills) return skills;
  throw new RefusedRow("skills", `${skills.length} skills are more than the ${bounds.courseSkills} that a course may have`);
}

/** The export of the National Qualifications Register. */
const qualificationRegister: CourseFormat = {
  name: "National Qualifications Register",
  columns: [
    "nqr_serial", "code", "title", "description", "sector", "nsqf_level", "notional_hours_min", "notional_hours_max",
    "version", "approved_on", "valid_till", "awarding_body", "proposed_occupation", "progression_pathway",
    "qualification_type", "adopted", "theory_hours", "practical_hours", "employability_hours", "ojt_mandatory_hours",
  ],
  code: "code",
  read: (cells) => {
    const courseId = cells.required("code");
    const title = cells.required("title");
    const [least, most] = [cells.number("notional_hours_min"), cells.number("notional_hours_max")];
    if (least !== null && most !== null && least > most) {
      throw new RefusedRow("notional_hours_min", `${least} is above the maximum of ${most}`);
    }
    const sector = cells.text("sector");
    const occupations = cells.list("proposed_occupation", /[,;\n]/);
    return {
      courseId,
      title,
      description: cells.text("description"),
      nsqfLevel: cells.level("nsqf_level"),
      // The column holds whole hours; half an hour less is still a minimum, and the metadata has it exactly.
      notionalHours: least === null ? null : Math.floor(least),
      durationMonths: null,
      language: null,
      region: null,
      provider: cells.text("awarding_body"),
      keywords: [...new Set([...(sector ? [sector] : []), ...occupations])].filter((word) => word.length <= 80).slice(0, 20),
      skills: [],
      metadata: {
        source: "nqr",
        serial: cells.text("nqr_serial"),
        sector,
        awardingBody: cells.text("awarding_body"),
        version: cells.text("version")?.replace(/^version\s*/i, "") || null,
        approvedOn: cells.text("approved_on"),
        validTill: cells.text("valid_till"),
        notionalHours: { min: least, max: most },
        hours: {
          theory: cells.number("theory_hours"),
          practical: cells.number("practical_hours"),
          employability: cells.number("employability_hours"),
          onTheJob: cells.number("ojt_mandatory_hours"),
        },
        proposedOccupation: cells.text("proposed_occupation"),
        progressionPathway: cells.text("progression_pathway"),
        qualificationTypes: cells.list("qualification_type", /,/),
        adopted: known(cells.text("adopted")),
      },
    };
  },
};

const known = (text: string | null): string | null => (text === "N.A." ? null : text);

const courseFormats: readonly CourseFormat[] = [courseList, qualificationRegister];

/**
 * The format whose columns the header has, in any order and with others beside them.
 * @throws {UnusableFile} naming both formats when there is none, or a column that stands twice.
 */
export function formatOf(header: readonly string[]): CourseFormat {
  const twice = header.find((column, index) => column !== "" && header.indexOf(column) !== index);
  if (twice !== undefined) throw new UnusableFile(`The column ${twice} stands twice in the header.`);
  const format = courseFormats.find(({ columns }) => columns.every((column) => header.includes(column)));
  if (format) return format;
  const known = courseFormats.map(({ name, columns }) => `  ${name}: ${columns.join(",")}`);
  throw new UnusableFile(`The header is of no known format:\n  ${header.join(",")}\nKnown formats:\n${known.join("\n")}`);
}
