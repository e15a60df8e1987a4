/** The part of the product's schema that the queries ask for, so that the same documents serve both. */
export const schema = `
  type Query {
    course(id: ID!): Course
    courses(first: Int, where: CourseWhere, orderBy: CourseOrder): CourseConnection!
    viewer: User
  }
  enum SortDirection { ASC DESC }
  enum CourseOrderField { TITLE CREATED_AT }
  input CourseOrder { field: CourseOrderField! direction: SortDirection! }
  input FloatFilter { eq: Float }
  input StringFilter { eq: String }
  input CourseWhere { nsqfLevel: FloatFilter language: StringFilter region: StringFilter }
  type PageInfo { hasNextPage: Boolean! }
  type CourseConnection { nodes: [Course!]! totalCount: Int pageInfo: PageInfo! }
  type Course {
    id: ID! courseId: String! title: String! description: String language: String! region: String credits: Float notionalHours: Int
    status: String! createdAt: String! provider: Provider skills: [CourseSkill!]! myProgress: ContentProgress
  }
  type Provider { id: ID! name: String! region: String }
  type CourseSkill { isPrimary: Boolean! skill: Skill }
  type Skill { id: ID! name: String! category: String }
  type ContentProgress { status: String! progressPercent: Int! }
  type User {
    fullName: String! username: String! profile: Profile streak: Streak points: Points
    enrollments(first: Int): EnrollmentConnection careerPaths(first: Int): LearnerPathConnection
  }
  type Profile { headline: String city: String educationLevel: String }
  type Streak { currentStreak: Int! longestStreak: Int! lastActivityDate: String }
  type Points { xpPoints: Float! level: Int! }
  type EnrollmentConnection { nodes: [Enrollment!]! }
  type Enrollment { status: String! progressPercent: Int! course: Course }
  type LearnerPathConnection { nodes: [LearnerPath!]! }
  type LearnerPath { status: String! matchScore: Float careerPath: CareerPath milestones: [Completion!] }
  type CareerPath { title: String! jobRole: JobRole milestones: [Milestone!]! }
  type JobRole { title: String! }
  type Milestone { sequence: Int! title: String! type: String course: Course }
  type Completion { status: String! progressPercent: Int! milestone: Milestone }
`;
