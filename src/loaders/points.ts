import { own } from "../auth/visibility.js";
import { orderBy } from "../db/ordering.js";
import { pointsTransactions, userPoints } from "../db/tables/index.js";
import type { PointsTransactionWhere } from "../schema/points.js";
import { perViewer } from "./factory.js";
import { listBy, type ListSpec } from "./lists.js";
import { pointsTransactionFilter } from "./filters/points.js";

const transactionList: ListSpec<typeof pointsTransactions, PointsTransactionWhere> = {
  table: pointsTransactions,
  orders: [orderBy("CREATED_AT", [pointsTransactions.createdAt, pointsTransactions.id], true)],
  filter: pointsTransactionFilter,
  visible: own(pointsTransactions.userId),
};

export const pointsLoaders = {
  userPointsById: perViewer.oneBy(userPoints, "id", { visible: own(userPoints.userId) }),
  pointsByUser: perViewer.oneBy(userPoints, "userId", { visible: own(userPoints.userId) }),
  pointsTransactionById: perViewer.oneBy(pointsTransactions, "id", { visible: own(pointsTransactions.userId) }),
  pointsTransactionsByUser: listBy(transactionList, pointsTransactions.userId),
};
