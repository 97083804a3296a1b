package org.skymi.table;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A table's columns as a VOTable without data, which the VOParquet convention (IVOA Note "Parquet
 * in the VO", 1.0) puts into a Parquet file's footer: one FIELD per column, in order.
 */
final class VoTable {
  static final String VERSION_KEY = "IVOA.VOTable-Parquet.version";
  static final String CONTENT_KEY = "IVOA.VOTable-Parquet.content";

  /** Of the convention. */
  static final String VERSION = "1.0";

  private static final String NAMESPACE = "http://www.ivoa.net/xml/VOTable/v1.3";

  private VoTable() {}

  /** The document, VOTable 1.4. */
  static String of(Table<?> table) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartElement("VOTABLE");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeAttribute("version", "1.4");
      xml.writeStartElement("RESOURCE");
      xml.writeStartElement("TABLE");
      xml.writeAttribute("name", table.name());
      describe(xml, table.text());
      for (Column<?> column : table.columns()) {
        write(xml, column);
      }
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e); // nothing can fail when writing to a string
    }
    return text.toString();
  }

  private static void write(XMLStreamWriter xml, Column<?> column) throws XMLStreamException {
    ColumnType type = column.type();
    xml.writeStartElement("FIELD");
    xml.writeAttribute("name", column.name());
    xml.writeAttribute("datatype", type.voDatatype());
    if (type.isArray() || type == ColumnType.TEXT) {
      xml.writeAttribute("arraysize", "*");
    }
    // Parquet's timestamp is a whole number; VOTable has no type that says so.
    String unit = type == ColumnType.TIMESTAMP ? "us" : column.unit();
    if (!unit.isEmpty()) {
      xml.writeAttribute("unit", unit);
    }
    if (!column.ucd().isEmpty()) {
      xml.writeAttribute("ucd", column.ucd());
    }
    describe(
        xml,
        type == ColumnType.TIMESTAMP
            ? column.text() + " (microseconds since 1970-01-01T00:00:00 UTC)"
            : column.text());
    xml.writeEndElement();
  }

  private static void describe(XMLStreamWriter xml, String text) throws XMLStreamException {
    xml.writeStartElement("DESCRIPTION");
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
