import { own } from "../auth/visibility.js";
import { orderBy } from "../db/ordering.js";
import { pointsTransactions, userPoints } from "../db/tables/index.js";
import type { PointsTransactionWhere } from "../schema/points.js";
import { listBy, oneBy, type ListSpec } from "./factory.js";
import { pointsTransactionFilter } from "./filters/points.js";

const transactionList: ListSpec<typeof pointsTransactions, PointsTransactionWhere> = {
  table: pointsTransactions,
  orders: [orderBy("CREATED_AT", [pointsTransactions.createdAt, pointsTransactions.id], true)],
  filter: pointsTransactionFilter,
  visible: own(pointsTransactions.userId),
};

export const pointsLoaders = {
  userPointsById: oneBy(userPoints, "id", { visible: own(userPoints.userId) }),
  pointsByUser: oneBy(userPoints, "userId", { visible: own(userPoints.userId) }),
  pointsTransactionById: oneBy(pointsTransactions, "id", { visible: own(pointsTransactions.userId) }),
  pointsTransactionsByUser: listBy(transactionList, pointsTransactions.userId),
};
