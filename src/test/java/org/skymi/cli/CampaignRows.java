package org.skymi.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ManifestStore;
import org.skymi.query.CampaignTables;
import org.skymi.spark.SparkSessions;
import org.skymi.table.FibreSpectrumTable;
import org.skymi.table.FileReport;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/** What the newest manifest of a campaign holds. */
final class CampaignRows {
  private CampaignRows() {}

  /** The rows of each table as JSON, sorted; columns of the run's own course left out. */
  static Map<String, List<String>> of(Path out) throws IOException {
    return of(folder(out));
  }

  /** The same of a campaign on any file system. */
  static Map<String, List<String>> of(CampaignFolder folder) throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    Manifest manifest = manifest(folder);
    for (Table<?> table : Tables.ALL) {
      List<String> lines = new ArrayList<>();
      for (FileReport file : manifest.filesOf(table.name())) {
        var path = new org.apache.hadoop.fs.Path(folder.path(), file.path());
        try (ParquetReader<Group> reader =
            ParquetReader.builder(new GroupReadSupport(), path).build()) {
          for (Group row = reader.read(); row != null; row = reader.read()) {
            lines.add(json(row, table.reproducible()));
          }
        }
      }
      Collections.sort(lines);
      rows.put(table.name(), lines);
    }
    return rows;
  }

  private static String json(Group row, List<String> columns) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String column : columns) {
      int field = row.getType().getFieldIndex(column);
      if (row.getFieldRepetitionCount(field) == 0) {
        continue;
      }
      if (row.getType().getType(field).isPrimitive()) {
        json.set(column, value(row, field));
      } else {
        Group list = row.getGroup(field, 0);
        ArrayNode array = json.putArray(column);
        for (int k = 0; k < list.getFieldRepetitionCount(0); k++) {
          array.add(value(list.getGroup(0, k), 0));
        }
      }
    }
    return json.toString();
  }

  private static JsonNode value(Group group, int field) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> nodes.numberNode(group.getInteger(field, 0));
      case INT64 -> nodes.numberNode(group.getLong(field, 0));
      case FLOAT -> nodes.numberNode(group.getFloat(field, 0));
      case DOUBLE -> nodes.numberNode(group.getDouble(field, 0));
      case BOOLEAN -> nodes.booleanNode(group.getBoolean(field, 0));
      default -> nodes.textNode(group.getString(field, 0));
    };
  }

  /** The rows of one table as they are. */
  static List<Row> rows(CampaignFolder folder, Table<?> table) throws IOException {
    try (SparkSession spark = SparkSessions.open("test", 1)) {
      return CampaignTables.read(spark, folder, manifest(folder), table).collectAsList();
    }
  }

  /**
   * A column of all fibres' spectra.
   *
   * @return by plan, then by arm and fibre, as b12
   */
  static Map<String, Map<String, List<Float>>> spectra(Path out, String column) throws IOException {
    Map<String, Map<String, List<Float>>> spectra = new TreeMap<>();
    for (Row row : rows(folder(out), FibreSpectrumTable.TABLE)) {
      spectra
          .computeIfAbsent(row.getAs("planid"), plan -> new TreeMap<>())
          .put(
              row.<String>getAs("arm") + row.<Integer>getAs("fiberid"),
              row.getList(row.fieldIndex(column)));
    }
    return spectra;
  }

  static Manifest manifest(Path out) throws IOException {
    return manifest(folder(out));
  }

  static Manifest manifest(CampaignFolder folder) throws IOException {
    return manifests(folder).latest().orElseThrow();
  }

  /** All states of a campaign. */
  static ManifestStore manifests(CampaignFolder folder) throws IOException {
    return new ManifestStore(folder.fileSystem(new Configuration()), folder);
  }

  static CampaignFolder folder(Path out) {
    return CampaignFolder.of(out.toUri().toString(), "main");
  }
}
