package org.skymi.query;

import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.skymi.survey.InputException;
import scala.collection.JavaConverters;

/** Which statements only read: a campaign's files are never changed. */
final class ReadOnly {
  private static final Set<String> READING =
      Set.of(
          "DescribeColumn",
          "DescribeFunction",
          "DescribeFunctionCommand",
          "DescribeQueryCommand",
          "DescribeRelation",
          "ExplainCommand",
          "ShowColumns",
          "ShowFunctions",
          "ShowTables",
          "ShowViews");

  private ReadOnly() {}

  /**
   * Looks at a statement as parsed.
   *
   * @throws InputException if it could change anything
   */
  static void require(LogicalPlan plan) {
    String name = plan.getClass().getSimpleName();
    boolean acts =
        plan instanceof Command || plan instanceof ParsedStatement || name.startsWith("Insert");
    if (acts && !READING.contains(name)) {
      throw new InputException(
          "only questions are answered here: SELECT, WITH, VALUES, SHOW, DESCRIBE, EXPLAIN");
    }
    JavaConverters.seqAsJavaList(plan.children()).forEach(ReadOnly::require);
  }
}
