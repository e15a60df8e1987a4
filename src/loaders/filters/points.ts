import { matches, whereOf } from "../../db/filters.js";
import { pointsTransactions } from "../../db/tables/index.js";
import type { PointsTransactionWhere } from "../../schema/points.js";

export const pointsTransactionFilter = whereOf<PointsTransactionWhere>({
  reason: matches(pointsTransactions.reason),
  amount: matches(pointsTransactions.amount),
  createdAt: matches(pointsTransactions.createdAt),
});
