package org.skymi.table;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * What a column holds. Scalars and one-dimensional arrays only: every astronomy tool reads those.
 */
public enum ColumnType {
  INT(PrimitiveTypeName.INT32, "integer", "int", "int", null),
  LONG(PrimitiveTypeName.INT64, "long", "bigint", "long", null),
  FLOAT(PrimitiveTypeName.FLOAT, "float", "float", "float", null),
  DOUBLE(PrimitiveTypeName.DOUBLE, "double", "double", "double", null),
  BOOLEAN(PrimitiveTypeName.BOOLEAN, "boolean", "boolean", "boolean", null),
  TEXT(
      PrimitiveTypeName.BINARY,
      "string",
      "text",
      "unicodeChar",
      LogicalTypeAnnotation.stringType()),
  /**
   * Instant in UTC, {@code 2017-10-18T12:34:56.789012Z}: as text, because neither VOTable nor
   * astropy's reader of VOParquet has anything for Parquet's own type.
   */
  TIMESTAMP(
      PrimitiveTypeName.BINARY,
      "string",
      "time (UTC, ISO 8601)",
      "char",
      LogicalTypeAnnotation.stringType()),
  INTS(PrimitiveTypeName.INT32, "integer", "int[]", "int", null),
  FLOATS(PrimitiveTypeName.FLOAT, "float", "float[]", "float", null),
  DOUBLES(PrimitiveTypeName.DOUBLE, "double", "double[]", "double", null);

  private final PrimitiveTypeName primitive;
  private final String sparkName;
  private final String label;
  private final String voDatatype;
  private final LogicalTypeAnnotation annotation;

  ColumnType(
      PrimitiveTypeName primitive,
      String sparkName,
      String label,
      String voDatatype,
      LogicalTypeAnnotation annotation) {
    this.primitive = primitive;
    this.sparkName = sparkName;
    this.label = label;
    this.voDatatype = voDatatype;
    this.annotation = annotation;
  }

  /** The type's name for readers of the documentation. */
  public String label() {
    return label;
  }

  /** Whether a value is a one-dimensional array. */
  public boolean isArray() {
    return this == INTS || this == FLOATS || this == DOUBLES;
  }

  /** Whether a value is stored as text. */
  public boolean isText() {
    return this == TEXT || this == TIMESTAMP;
  }

  /** The Spark SQL name of a value, or of an array's element. */
  String sparkName() {
    return sparkName;
  }

  /** The VOTable datatype of a value, or of an array's element or a text's character. */
  String voDatatype() {
    return voDatatype;
  }

  /** The Parquet field of a column of this type; every field is optional, elements are required. */
  Type field(String name) {
    return isArray()
        ? Types.optionalList().requiredElement(primitive).named(name)
        : Types.optional(primitive).as(annotation).named(name);
  }
}
