package org.skymi.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The key-values of a file's footer: units and descriptions travel with the data. The VOTable
 * itself ({@link TextLengths#footer}) comes when all rows are written.
 */
final class Footer {
  /** Where Spark looks for its schema; only this way it shows the comments of columns. */
  static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  static final String TABLE = "skymi.table";

  private Footer() {}

  static Map<String, String> of(Table<?> table) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(TABLE, table.name());
    values.put(VoTable.VERSION_KEY, VoTable.VERSION);
    values.put(SPARK_SCHEMA, table.sparkSchema());
    return values;
  }

  static ObjectNode sparkSchema(Table<?> table) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "struct");
    ArrayNode fields = schema.putArray("fields");
    for (Column<?> c : table.columns()) {
      ObjectNode field = fields.addObject().put("name", c.name());
      if (c.type().isArray()) {
        field
            .putObject("type")
            .put("type", "array")
            .put("elementType", c.type().sparkName())
            .put("containsNull", false);
      } else {
        field.put("type", c.type().sparkName());
      }
      String unit = c.unit().isEmpty() ? "" : " [" + c.unit() + "]";
      field.put("nullable", true).putObject("metadata").put("comment", c.text() + unit);
    }
    return schema;
  }
}
