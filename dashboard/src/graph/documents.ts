import type * as typed from "../../generated/graphql.js";
import buyStreakFreeze from "../../operations/BuyStreakFreeze.graphql?raw";
import cancelJob from "../../operations/CancelJob.graphql?raw";
import coursePage from "../../operations/CoursePage.graphql?raw";
import deleteSourceFile from "../../operations/DeleteSourceFile.graphql?raw";
import enrollInCourse from "../../operations/EnrollInCourse.graphql?raw";
import findCourses from "../../operations/FindCourses.graphql?raw";
import generateCourse from "../../operations/GenerateCourse.graphql?raw";
import myCourses from "../../operations/MyCourses.graphql?raw";
import myPoints from "../../operations/MyPoints.graphql?raw";
import publishCourse from "../../operations/PublishCourse.graphql?raw";
import quizPage from "../../operations/QuizPage.graphql?raw";
import recordTopicProgress from "../../operations/RecordTopicProgress.graphql?raw";
import refreshSession from "../../operations/RefreshSession.graphql?raw";
import retryJob from "../../operations/RetryJob.graphql?raw";
import saveQuizAnswers from "../../operations/SaveQuizAnswers.graphql?raw";
import signIn from "../../operations/SignIn.graphql?raw";
import signOut from "../../operations/SignOut.graphql?raw";
import startQuizAttempt from "../../operations/StartQuizAttempt.graphql?raw";
import submitQuizAttempt from "../../operations/SubmitQuizAttempt.graphql?raw";
import topicPage from "../../operations/TopicPage.graphql?raw";
import uploadComplete from "../../operations/UploadComplete.graphql?raw";
import uploadStage from "../../operations/UploadStage.graphql?raw";
import watchEnrollments from "../../operations/WatchEnrollments.graphql?raw";
import watchMyJobs from "../../operations/WatchMyJobs.graphql?raw";
import watchStreak from "../../operations/WatchStreak.graphql?raw";

/** The text of an operation that knows what it takes and answers; the types are generated from the schema and vanish in the build. */
export interface Document<Data, Variables> {
  readonly text: string;
  /** Never there: only carries the types. */
  readonly types?: (variables: Variables) => Data;
}

type Generated = { __apiType?: (variables: never) => unknown };
type Of<Type extends Generated> = Document<
  ReturnType<NonNullable<Type["__apiType"]>>,
  Parameters<NonNullable<Type["__apiType"]>>[0]
>;
const of = <Type extends Generated>(text: string): Of<Type> => ({ text });

export const BuyStreakFreeze = of<typeof typed.BuyStreakFreezeDocument>(buyStreakFreeze);
export const CancelJob = of<typeof typed.CancelJobDocument>(cancelJob);
export const CoursePage = of<typeof typed.CoursePageDocument>(coursePage);
export const DeleteSourceFile = of<typeof typed.DeleteSourceFileDocument>(deleteSourceFile);
export const EnrollInCourse = of<typeof typed.EnrollInCourseDocument>(enrollInCourse);
export const FindCourses = of<typeof typed.FindCoursesDocument>(findCourses);
export const GenerateCourse = of<typeof typed.GenerateCourseDocument>(generateCourse);
export const MyCourses = of<typeof typed.MyCoursesDocument>(myCourses);
export const MyPoints = of<typeof typed.MyPointsDocument>(myPoints);
export const PublishCourse = of<typeof typed.PublishCourseDocument>(publishCourse);
export const QuizPage = of<typeof typed.QuizPageDocument>(quizPage);
export const RecordTopicProgress = of<typeof typed.RecordTopicProgressDocument>(recordTopicProgress);
export const RefreshSession = of<typeof typed.RefreshSessionDocument>(refreshSession);
export const RetryJob = of<typeof typed.RetryJobDocument>(retryJob);
export const SaveQuizAnswers = of<typeof typed.SaveQuizAnswersDocument>(saveQuizAnswers);
export const SignIn = of<typeof typed.SignInDocument>(signIn);
export const SignOut = of<typeof typed.SignOutDocument>(signOut);
export const StartQuizAttempt = of<typeof typed.StartQuizAttemptDocument>(startQuizAttempt);
export const SubmitQuizAttempt = of<typeof typed.SubmitQuizAttemptDocument>(submitQuizAttempt);
export const TopicPage = of<typeof typed.TopicPageDocument>(topicPage);
export const UploadComplete = of<typeof typed.UploadCompleteDocument>(uploadComplete);
export const UploadStage = of<typeof typed.UploadStageDocument>(uploadStage);
export const WatchEnrollments = of<typeof typed.WatchEnrollmentsDocument>(watchEnrollments);
export const WatchMyJobs = of<typeof typed.WatchMyJobsDocument>(watchMyJobs);
export const WatchStreak = of<typeof typed.WatchStreakDocument>(watchStreak);

/** What a document answers. */
export type ResultOf<Of> = Of extends Document<infer Data, infer _Variables> ? Data : never;
